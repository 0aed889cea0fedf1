import type { Process } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import { visible } from "../visible.ts";

/** What the table says about who holds a socket, ready for a terminal. */
export type Owner = { pid: string; application: string; user: string };

/** Says who holds each socket; remembers processes, because one may hold 100,000 sockets. */
export function createOwners(): (socket: Socket) => Owner {
  const known = new Map<Process, { application: string | undefined; owner: Owner }>();
  return (socket) => {
    const { application, processes } = socket;
    const first = processes[0];
    if (first === undefined) return withoutProcess(socket);
    if (processes.length > 1) return describe(socket);
    let found = known.get(first);
    if (found === undefined || found.application !== application) {
      found = { application, owner: describe(socket) };
      known.set(first, found);
    }
    return found.owner;
  };
}

function describe(socket: Socket): Owner {
  const { processes, application } = socket;
  return {
    pid: processes.map((process) => process.pid).join(","),
    application: visible(application ?? distinct(processes.map((process) => process.name))),
    user: visible(
      distinct(processes.map((process) => process.user ?? (process.uid === undefined ? "?" : `${process.uid}`))),
    ),
  };
}

const KERNEL: Owner = { pid: "-", application: "(kernel)", user: "-" };
const NOBODY: Owner = { pid: "-", application: "-", user: "-" };
const UNKNOWN: Owner = { pid: "?", application: "(unknown)", user: "?" };

/** Who holds a socket that no process was found for: the kernel, nobody (any more, or yet), or one that is not known. */
function withoutProcess({ evidence: { source, candidates } }: Socket): Owner {
  if (source === "kernel") return KERNEL;
  if (source === "none") return NOBODY;
  return candidates === undefined ? UNKNOWN : { ...UNKNOWN, pid: candidates.map((pid) => `${pid}?`).join(",") };
}

function distinct(words: string[]): string {
  return [...new Set(words)].join(",");
}
