import type { SnapshotOptions } from "../../../model/interfaces.ts";
import type { Process } from "../../../model/process.ts";
import { type Snapshot, type Socket, type SocketState, TCP_STATES } from "../../../model/socket.ts";
import { micros } from "../../../model/time.ts";
import { applicationOf } from "../owners/application.ts";
import { createProcessReader } from "../owners/process.ts";
import { addressBook, type Fields, fieldsOf, u64 } from "./assemble/fields.ts";
import { interfaceNames } from "./interface-names.ts";
import type { Libbpf } from "./libbpf.ts";
import { type NamespacePass, passOverSockets } from "./pass.ts";
import { HOLD, SNAPSHOT_RECORD } from "./records.gen.ts";

const UDP = 17;

/** Every TCP and UDP socket of the machine in a few passes of the kernel. @throws Problem where it cannot be had. */
export function takeSnapshot(libbpf: Libbpf, options: SnapshotOptions): Snapshot {
  const takenAt = micros(Date.now());
  const { held, namespaces, gaps } = passOverSockets(libbpf);
  const builder = new SnapshotBuilder(options);
  builder.held(held);
  for (const pass of namespaces) builder.unheld(pass);
  return {
    takenAt,
    collector: "ebpf",
    gaps: gaps.map((reason) => ({ from: takenAt, until: takenAt, reason })),
    sockets: builder.sockets,
  };
}

/** Joins what processes hold with what the protocol tables list. Sockets are told apart by the inode of their file. */
class SnapshotBuilder {
  readonly sockets: Socket[] = [];
  readonly #byInode = new Map<number, Socket>();
  readonly #processes = new Map<number, Process | undefined>();
  readonly #reader = createProcessReader("/proc");
  readonly #stats = new Map();
  readonly #addresses = addressBook(interfaceNames());
  readonly #options: SnapshotOptions;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** Records of sockets with the process that holds each; one record per holder. */
  held(bytes: Uint8Array): void {
    const fields = fieldsOf(bytes);
    for (let at = 0; at + SNAPSHOT_RECORD.size <= bytes.length; at += SNAPSHOT_RECORD.size) {
      const inode = u64(fields, at + SNAPSHOT_RECORD.inode);
      const process = this.#process(fields.view.getUint32(at + SNAPSHOT_RECORD.pid, true));
      let socket = this.#byInode.get(inode);
      if (!socket) {
        socket = this.#socket(fields, at);
        socket.evidence.source = "holder";
        this.#byInode.set(inode, socket);
        this.sockets.push(socket);
      }
      if (!process || socket.processes.includes(process)) continue;
      socket.processes.push(process);
      const application = applicationOf(socket.processes);
      if (application !== undefined) socket.application = application;
    }
  }

  /** Records of a namespace's tables: what no process was found to hold is added. */
  unheld({ bytes }: NamespacePass): void {
    const fields = fieldsOf(bytes);
    for (let at = 0; at + SNAPSHOT_RECORD.size <= bytes.length; at += SNAPSHOT_RECORD.size) {
      const inode = u64(fields, at + SNAPSHOT_RECORD.inode);
      if (inode !== 0 && this.#byInode.has(inode)) continue;
      const socket = this.#socket(fields, at);
      socket.evidence.source = bytes[at + SNAPSHOT_RECORD.hold] === HOLD.HOLD_KERNEL ? "kernel" : "none";
      this.sockets.push(socket);
    }
  }

  #process(pid: number): Process | undefined {
    if (!this.#processes.has(pid)) {
      const { verbose = false, brief = false } = this.#options;
      this.#processes.set(pid, this.#reader.read(pid, { stats: this.#stats, verbose, brief }));
    }
    return this.#processes.get(pid);
  }

  #socket(fields: Fields, at: number): Socket {
    const { view, bytes } = fields;
    const udp = bytes[at + SNAPSHOT_RECORD.protocol] === UDP;
    const family = bytes[at + SNAPSHOT_RECORD.family] ?? 0;
    const interfaceIndex = view.getInt32(at + SNAPSHOT_RECORD.ifindex, true);
    const address = (offset: number) => this.#addresses.text(fields, at + offset, family, interfaceIndex);
    const remotePort = view.getUint16(at + SNAPSHOT_RECORD.rport, true);
    const state = stateOf(bytes[at + SNAPSHOT_RECORD.state] ?? 0, udp, remotePort);
    const socket: Socket = {
      protocol: udp ? "udp" : "tcp",
      state,
      local: { address: address(SNAPSHOT_RECORD.laddr), port: view.getUint16(at + SNAPSHOT_RECORD.lport, true) },
      networkNamespace: view.getUint32(at + SNAPSHOT_RECORD.netns, true),
      processes: [],
      evidence: { source: "none" },
    };
    if (state !== "LISTEN" && state !== "BOUND") {
      socket.remote = { address: address(SNAPSHOT_RECORD.raddr), port: remotePort };
    }
    return socket;
  }
}

function stateOf(state: number, udp: boolean, remotePort: number): SocketState {
  if (udp) return remotePort === 0 ? "BOUND" : "CONNECTED";
  return TCP_STATES[state] ?? "UNKNOWN";
}
