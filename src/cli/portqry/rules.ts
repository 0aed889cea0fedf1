import type { Protocol } from "../../model/endpoint.ts";
import { PortqryMistake } from "./mistake.ts";
import type { Switches } from "./switches.ts";

/** A query of a remote host. */
export type RemoteRequest = {
  host: string;
  protocols: readonly Protocol[];
  /** Protocol as the log and the interactive mode name it. */
  protocolWord: "TCP" | "UDP" | "BOTH";
  ports: number[];
  /** Whether the ports are a range: then the endpoint mapper is not asked. */
  range: boolean;
  sourcePort: number;
  community: string;
  slowLink: boolean;
  reverse: boolean;
};

/** Looking at this machine. */
export type LocalRequest = { watch?: { port: number } | { pid: number }; seconds: number; verbose: boolean };

/** Where the text goes beside the screen. */
export type LogRequest = { file: string; overwrite: boolean };

export type PortqryRequest = { log?: LogRequest; quiet: boolean } & (
  | { kind: "remote"; query: RemoteRequest }
  | { kind: "interactive"; query: RemoteRequest }
  | { kind: "local"; local: LocalRequest }
);

/** Seconds between two looks, and the range of -wt (PortQry 2.0's help). */
const WAIT = { usual: 60, least: 1, most: 1200 };
const COMMUNITY = "public";

/** What the switches ask for together, by PortQry's rules of what goes with what. @throws PortqryMistake */
export function requestOf(switches: Switches): PortqryRequest {
  const { log, overwrite, quiet } = switches;
  // What -q writes replaces an old log without asking, and -y without -l means nothing.
  const logged = log === undefined ? {} : { log: { file: log, overwrite: overwrite || quiet } };
  const { local, watchPort, watchPid } = switches;
  if (local || watchPort !== undefined || watchPid !== undefined) {
    return { kind: "local", local: localOf(switches), quiet: false, ...logged };
  }
  if (switches.watchTime !== undefined) throw new PortqryMistake("-wt goes with -wport or -wpid.");
  const query = queryOf(switches);
  if (switches.interactive) return { kind: "interactive", query, quiet: false, ...logged };
  if (switches.name === undefined) throw new PortqryMistake("-n and the name or address of a computer are missing.");
  if (quiet) requireOne(switches, query);
  return { kind: "remote", query, quiet, ...logged };
}

function localOf({ local, watchPort, watchPid, watchTime, verbose, quiet, name }: Switches): LocalRequest {
  const given = [local && "-local", watchPort !== undefined && "-wport", watchPid !== undefined && "-wpid"].filter(
    Boolean,
  );
  if (given.length > 1) throw new PortqryMistake(`${given.join(" and ")} exclude each other.`);
  if (quiet) throw new PortqryMistake(`-q does not go with ${given[0]}.`);
  if (name !== undefined) throw new PortqryMistake(`-n does not go with ${given[0]}: it is about this computer.`);
  if (local && watchTime !== undefined) throw new PortqryMistake("-wt goes with -wport or -wpid.");
  const seconds = watchTime === undefined ? WAIT.usual : numberOf("-wt", watchTime, WAIT.least, WAIT.most);
  if (watchPort !== undefined) return { watch: { port: numberOf("-wport", watchPort, 1, 65535) }, seconds, verbose };
  if (watchPid !== undefined) return { watch: { pid: numberOf("-wpid", watchPid, 0, 0x7fffffff) }, seconds, verbose };
  return { seconds, verbose };
}

function queryOf(switches: Switches): RemoteRequest {
  const { port, range, list, sourcePort, community, slowLink, noReverse, name } = switches;
  const given = [port !== undefined && "-e", range !== undefined && "-r", list !== undefined && "-o"].filter(Boolean);
  if (given.length > 1) throw new PortqryMistake(`${given.join(" and ")} exclude each other.`);
  return {
    host: name ?? "127.0.0.1",
    ...protocolsOf(switches.protocol ?? "tcp"),
    ports: range !== undefined ? rangeOf(range) : list !== undefined ? listOf(list) : [portOf("-e", port ?? "80")],
    range: range !== undefined,
    sourcePort: sourcePort === undefined ? 0 : numberOf("-sp", sourcePort, 0, 65535),
    community: community ?? COMMUNITY,
    slowLink,
    reverse: !noReverse,
  };
}

/** `tcp`, `udp` or `both`. @throws PortqryMistake */
export function protocolsOf(word: string): Pick<RemoteRequest, "protocols" | "protocolWord"> {
  switch (word.toLowerCase()) {
    case "tcp":
      return { protocols: ["tcp"], protocolWord: "TCP" };
    case "udp":
      return { protocols: ["udp"], protocolWord: "UDP" };
    case "both":
      return { protocols: ["tcp", "udp"], protocolWord: "BOTH" };
    default:
      throw new PortqryMistake(`"${word}" is no protocol: it is tcp, udp or both.`);
  }
}

export function portOf(what: string, text: string): number {
  return numberOf(what, text, 1, 65535);
}

/** Microsoft's own texts have a semicolon between the ends once, and a colon elsewhere. */
function rangeOf(text: string): number[] {
  const [, from = "", to = ""] = /^(\d+)[:;](\d+)$/.exec(text) ?? [];
  if (from === "") throw new PortqryMistake(`"${text}" is no range of ports: it is like -r 20:80.`);
  const [first, last] = [portOf("-r", from), portOf("-r", to)];
  if (first >= last) throw new PortqryMistake(`The range ${text} has to begin with the lower port.`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** In the order in which they are written. */
function listOf(text: string): number[] {
  return [...new Set(text.split(",").map((part) => portOf("-o", part)))];
}

/** A whole number within bounds. @throws PortqryMistake */
export function numberOf(what: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new PortqryMistake(`"${text}" does not go with ${what}: it is a number from ${least} to ${most}.`);
}

/** -q answers by its status alone, so that one port and one protocol are asked. */
function requireOne({ range, list }: Switches, { protocols }: RemoteRequest): void {
  if (range !== undefined || list !== undefined) throw new PortqryMistake("-q goes with one port, -e.");
  if (protocols.length > 1) throw new PortqryMistake("-q does not go with -p both.");
}
