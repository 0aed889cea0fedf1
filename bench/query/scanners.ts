import { LAUNCHER } from "../launcher.ts";
import type { Peer } from "../peers.ts";

/** A command that tells which ports of a host are open, and where its text says so. */
export type Scanner = {
  name: string;
  peer?: Peer;
  command(address: string, ports: string): string[];
  /** The TCP ports that its text calls open. */
  open(text: string): number[];
  /** The statuses that are no failure. */
  statuses: readonly number[];
};

/** The launcher included: what a person types. */
export const PORTOLAN: Scanner = {
  name: "portolan query",
  command: (address, ports) => [LAUNCHER, "query", address, "-r", ports.replace("-", ":")],
  open: (text) => numbers(text, /^tcp (\d+) .* listening /gm, "not listening"),
  statuses: [0, 1, 2],
};

/** nmap connecting, as a user without root has to; with more options. */
export function nmap(...options: string[]): Scanner {
  return {
    name: ["nmap -sT -T4", ...options].join(" "),
    peer: "nmap",
    command: (address, ports) => ["nmap", "-sT", "-T4", ...options, "-p", ports, address],
    open: (text) => numbers(text, /^(\d+)\/tcp +open\b/gm),
    statuses: [0],
  };
}

/** The first group of every line that matches, but of those that hold `without`. */
function numbers(text: string, pattern: RegExp, without?: string): number[] {
  const lines = [...text.matchAll(pattern)].filter(([line]) => without === undefined || !line.includes(without));
  return lines.map(([, port]) => Number(port)).sort((a, b) => a - b);
}
