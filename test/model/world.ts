import type { Process } from "../../src/model/process.ts";
import type { Snapshot, Socket } from "../../src/model/socket.ts";

/** A made-up process; what a test does not care about is plain. */
export function process(about: Partial<Process> & { pid: number }): Process {
  return {
    startedAt: 1_763_859_600_120_000 + about.pid,
    name: "server",
    uid: 0,
    user: "root",
    executable: "/usr/sbin/server",
    ...about,
  };
}

/** A made-up socket, listening on 127.0.0.1:80 unless said. */
export function socket(about: Partial<Socket>): Socket {
  return {
    protocol: "tcp",
    state: "LISTEN",
    local: { address: "127.0.0.1", port: 80 },
    networkNamespace: 4_026_531_840,
    processes: [],
    evidence: { source: about.processes?.length ? "holder" : "none" },
    ...about,
  };
}

/** A made-up snapshot of these sockets. */
export function snapshot(sockets: Socket[], about: Partial<Snapshot> = {}): Snapshot {
  return { takenAt: 1_763_859_600_123_456, collector: "scripted", gaps: [], sockets, ...about };
}
