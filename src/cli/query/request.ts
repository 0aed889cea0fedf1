import { command, readPort, readPorts } from "../../app/query/ports.ts";
import type { QueryRequest } from "../../app/query/query.ts";
import { Problem } from "../../model/problem.ts";
import type { OptionValues } from "../verb.ts";

/** More packets a second no machine sends by single calls: what is asked for has to mean something. */
const FASTEST = 1_000_000;

/** What a command line asks, and the host as it was typed. @throws Problem for what it cannot mean */
export function queryRequest(
  words: readonly string[],
  options: OptionValues,
): Omit<QueryRequest, "target"> & { host: string } {
  const [host, further] = words;
  if (host === undefined) {
    throw new Problem("missing-host", "query needs a host", {
      why: "It is a name or an address.",
      next: "./portolan query localhost -e 80",
    });
  }
  if (further !== undefined) {
    throw new Problem("unexpected-word", `query asks one host, and does not take the word "${further}"`, {
      ...(/^\d/.test(further) && { why: "A port comes after -e, a range after -r, a list after -o." }),
      next: /^\d+$/.test(further) ? `${command(host)} -e ${further}` : "./portolan query --help",
    });
  }
  const { port, range, ports: list, community } = options;
  return {
    host,
    protocols: protocolsOf(options.protocol, host),
    ports: readPorts({ ...text("port", port), ...text("range", range), ...text("list", list) }, host),
    slowLink: options["slow-link"] === true,
    reverse: options["no-reverse"] !== true,
    community: typeof community === "string" ? community : "public",
    ...numbers(options, host),
  };
}

function protocolsOf(value: OptionValues[string], host: string): QueryRequest["protocols"] {
  if (value === undefined || value === "tcp") return ["tcp"];
  if (value === "udp") return ["udp"];
  if (value === "both") return ["tcp", "udp"];
  throw new Problem("bad-value", `-p "${value}" is no protocol`, {
    why: "The protocols are tcp, udp and both.",
    next: `${command(host)} -p both`,
  });
}

function numbers(options: OptionValues, host: string): Pick<QueryRequest, "sourcePort" | "rate"> {
  const { rate, "source-port": sourcePort } = options;
  const given: Pick<QueryRequest, "sourcePort" | "rate"> = {};
  if (typeof sourcePort === "string") given.sourcePort = readPort(sourcePort, `${command(host)} --source-port 2030`);
  if (typeof rate === "string") given.rate = readRate(rate, `${command(host)} --rate 100`);
  return given;
}

function readRate(text: string, next: string): number {
  const rate = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (rate >= 1 && rate <= FASTEST) return rate;
  const why = "It is a whole number of packets a second, from 1 up.";
  throw new Problem("bad-value", `--rate "${text}" is no rate`, { why, next });
}

function text<Name extends string>(name: Name, value: OptionValues[string]): { [N in Name]?: string } {
  return typeof value === "string" ? ({ [name]: value } as { [N in Name]: string }) : {};
}
