import type { Process } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import { visible } from "../visible.ts";

/** What the table says about who holds a socket, ready for a terminal. */
export type Owner = { pid: string; application: string; user: string };

/** Says who holds each socket; remembers processes, because one may hold 100,000 sockets. */
export function createOwners(): (socket: Socket) => Owner {
  const known = new Map<Process, { application: string | undefined; owner: Owner }>();
  return (socket) => {
    const [first, ...others] = socket.processes;
    if (first === undefined) return withoutProcess(socket);
    if (others.length > 0) return describe(socket);
    const { application } = socket;
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

/** Who holds a socket that no process was found for: the kernel, nobody (any more), or one that is not known. */
function withoutProcess({ evidence }: Socket): Owner {
  if (evidence.source === "kernel") return { pid: "-", application: "(kernel)", user: "-" };
  if (evidence.source === "none") return { pid: "-", application: "-", user: "-" };
  const candidates = evidence.candidates?.map((pid) => `${pid}?`).join(",");
  return { pid: candidates ?? "?", application: "(unknown)", user: "?" };
}

function distinct(words: string[]): string {
  return [...new Set(words)].join(",");
}
