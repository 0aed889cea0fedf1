import { isIP } from "node:net";
import { type PortqryResult, portqry } from "../../app/portqry/query.ts";
import { lookForName } from "../../app/query/reverse.ts";
import { resolveTarget } from "../../app/query/target.ts";
import { Problem } from "../../model/problem.ts";
import { PortqryMistake } from "./mistake.ts";
import { portLines } from "./port-lines.ts";
import type { RemoteRequest } from "./rules.ts";
import type { Screen } from "./screen.ts";

/** How long the name of an address is looked for, in milliseconds. */
const REVERSE = 5_000;

type Verdict = PortqryResult["verdict"];

/**
 * Asks a computer as PortQry does, and answers its status: 0 listening, 1 not listening, 2 listening or filtered. Of
 * several ports, 0 when any listens, else 2 when any is undecided, else 1.
 * @throws PortqryMistake for a name that cannot be resolved, and where it cannot be asked.
 */
export async function queryRemote(query: RemoteRequest, screen: Screen, signal?: AbortSignal): Promise<number> {
  screen.print("", "Querying target system called:", "", ` ${query.host}`, "");
  const address = await addressOf(query, screen);
  screen.print("", "querying...", "");
  const verdicts: Verdict[] = [];
  const tell = (result: PortqryResult): void => {
    verdicts.push(result.verdict);
    screen.print(...portLines(result, query.community));
  };
  const { host, protocols, ports, range, sourcePort, community, slowLink } = query;
  const name = isIP(host) === 0 ? { name: host } : {};
  try {
    await portqry({ address, ...name, protocols, ports, range, sourcePort, community, slowLink }, tell, signal);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "source-port-in-use") {
      throw new PortqryMistake(
        "Cannot use specified source port.\nPort is already in use.\nSpecify a port that is not in use and run the command again.",
      );
    }
    throw new PortqryMistake([error.message, error.why].filter(Boolean).join(": "));
  }
  return statusOf(verdicts);
}

/** A name that cannot be resolved ends the query; an address that cannot does not. */
async function addressOf({ host, reverse }: RemoteRequest, screen: Screen): Promise<string> {
  if (isIP(host.replace(/%.*$/, "")) !== 0) {
    if (!reverse) return host;
    screen.print("Attempting to resolve IP address to a name...", "", "");
    const name = await lookForName(host).within(REVERSE);
    screen.print(name === undefined ? "Failed to resolve IP address to name" : `IP address resolved to ${name}`);
    return host;
  }
  screen.print("Attempting to resolve name to IP address...", "", "");
  const addresses = await resolved(host);
  // Of both families PortQry knows one: its name is taken where the host has it.
  const address = addresses.find((each) => isIP(each) === 4) ?? addresses[0] ?? "";
  screen.print(`Name resolved to ${address}`);
  return address;
}

async function resolved(host: string): Promise<string[]> {
  try {
    return (await resolveTarget(host)).addresses;
  } catch (error) {
    if (error instanceof Problem) throw new PortqryMistake("Failed to resolve name to IP address");
    throw error;
  }
}

function statusOf(verdicts: readonly Verdict[]): number {
  if (verdicts.includes("listening")) return 0;
  return verdicts.some((verdict) => verdict !== "not-listening") ? 2 : 1;
}
