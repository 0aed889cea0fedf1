import { LAUNCHER, NODE } from "../launcher.ts";
import type { Peer } from "../peers.ts";

/** A command that lists sockets, and where its text tells the process of each. */
export type Lister = {
  name: string;
  /** The program that it needs; Portolan itself needs none. */
  peer?: Peer;
  command: string[];
  /** The pid on one of its lines. Absent for what lists nothing. */
  pidOf?: (line: string) => number | undefined;
};

/** The launcher included: what a person types. */
export const PORTOLAN: Lister = {
  name: "portolan ls",
  command: [LAUNCHER, "ls"],
  pidOf: (line) => number(line.split(/\s+/)[4]),
};

/** A Node that does nothing: what any program on Node costs. */
export const NODE_ALONE: Lister = { name: "node -e 0", command: [NODE, "-e", "0"] };

/** ss with these options. */
export function ss(options: string): Lister {
  return {
    name: `ss ${options}`,
    peer: "ss",
    command: ["ss", options],
    pidOf: (line) => number(/pid=(\d+)/.exec(line)?.[1]),
  };
}

/** lsof with these options. */
export function lsof(...options: string[]): Lister {
  return {
    name: `lsof ${options.join(" ")}`,
    peer: "lsof",
    command: ["lsof", ...options],
    pidOf: (line) => number(line.split(/\s+/)[1]),
  };
}

/** netstat with these options. */
export function netstat(options: string): Lister {
  return {
    name: `netstat ${options}`,
    peer: "netstat",
    command: ["netstat", options],
    pidOf: (line) => number(/\s(\d+)\/\S/.exec(line)?.[1]),
  };
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
