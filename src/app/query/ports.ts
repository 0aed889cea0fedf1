import { Problem } from "../../model/problem.ts";

/** Which ports are asked, as the words of the command line say. At most one of the three; none means port 80. */
export type PortWords = { port?: string; range?: string; list?: string };

/** The ports, in the order of asking, and whether they were named one by one: few, and each of interest. */
export type PortChoice = { ports: number[]; named: boolean };

/** What PortQry asks when it is not told. */
const DEFAULT = 80;

/**
 * Reads which ports are asked. `host` is for the next command that a problem names.
 * @throws Problem `bad-value`, `conflicting-options`.
 */
export function readPorts({ port, range, list }: PortWords, host: string): PortChoice {
  const given = [port !== undefined && "-e", range !== undefined && "-r", list !== undefined && "-o"].filter(Boolean);
  if (given.length > 1) {
    throw new Problem("conflicting-options", `${given.join(" and ")} exclude each other`, {
      why: "One port, a range or a list is asked.",
      next: `${command(host)} -r 1:1024`,
    });
  }
  if (range !== undefined) return { ports: readRange(range, host), named: false };
  if (list !== undefined) return { ports: readList(list, host), named: true };
  return { ports: [port === undefined ? DEFAULT : readPort(port, `${command(host)} -e 443`)], named: true };
}

/** A port number from 1 to 65535. @throws Problem `bad-value` */
export function readPort(text: string, next: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Problem("bad-value", `"${text}" is no port`, { why: "Ports are the whole numbers from 1 to 65535.", next });
}

function readRange(text: string, host: string): number[] {
  const [, from = "", to = ""] = /^(\d*)[:-](\d*)$/.exec(text) ?? [];
  if (from === "" || to === "") {
    const suggestion = `${from || 1}:${to || (from === "" ? 1024 : 65_535)}`;
    throw new Problem("bad-value", `"${text}" is no range of ports`, {
      why: "A range has two ends, the lower one first: 1:1024.",
      next: `${command(host)} -r ${suggestion}`,
    });
  }
  const next = `${command(host)} -r 1:65535`;
  const first = readPort(from, next);
  const last = readPort(to, next);
  if (first > last) {
    throw new Problem("bad-value", `the range ${text} begins behind its end`, {
      why: "The lower port comes first.",
      next: `${command(host)} -r ${last}:${first}`,
    });
  }
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function readList(text: string, host: string): number[] {
  const words = text.split(",").map((word) => word.trim());
  return [...new Set(words.map((word) => readPort(word, `${command(host)} -o 22,80,443`)))];
}

/** How a query of `host` begins; a host that a shell would take apart stays out of it. */
export function command(host: string): string {
  return `./portolan query ${/^[\w.:%[\]-]+$/.test(host) ? host : "HOST"}`;
}
