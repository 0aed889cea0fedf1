import { execFileSync } from "node:child_process";
import { launcher } from "../observer.ts";
import { inside, lineOf } from "./ss.ts";

type Endpoint = { address: string; port: number };
type Document = {
  sockets: {
    protocol: string;
    state: string;
    local: Endpoint;
    remote?: Endpoint;
    networkNamespace: number;
    processes: { pid: number }[];
    evidence: { source: string };
  }[];
};

/** What `portolan ls` prints on stdout, run in the network namespace of `pid` or in ours. */
export function printedByLs(words: string[], pid?: number): string {
  const [file = "", ...rest] = [...inside(pid), launcher, "ls", ...words];
  // What may be missing is said on stderr, and is no part of this comparison.
  return execFileSync(file, rest, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
}

/** The sockets of `networkNamespace` as `ls --json` has them, one line each, sorted, in the form of `socketsOfSs`. */
export function socketsOfLs(collector: string, networkNamespace: number, pid?: number): string[] {
  const document = JSON.parse(printedByLs(["--json", "--collector", collector], pid)) as Document;
  return document.sockets
    .filter((socket) => socket.networkNamespace === networkNamespace)
    .map(({ protocol, state, local, remote, processes }) =>
      lineOf(
        protocol,
        state,
        `${local.address} ${local.port}`,
        remote === undefined ? "-" : `${remote.address} ${remote.port}`,
        processes.map((process) => process.pid),
      ),
    )
    .sort();
}
