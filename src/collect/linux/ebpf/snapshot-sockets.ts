import type { Evidence } from "../../../model/evidence.ts";
import type { SnapshotOptions } from "../../../model/interfaces.ts";
import type { Process } from "../../../model/process.ts";
import { type Socket, type SocketState, TCP_STATES } from "../../../model/socket.ts";
import { applicationOf } from "../owners/application.ts";
import { createProcessReader } from "../owners/process.ts";
import type { Taker } from "./pass.ts";
import { HOLD, SNAPSHOT_RECORD as RECORD } from "./records.gen.ts";
import { type SnapshotAddresses, snapshotAddresses } from "./snapshot-addresses.ts";
import type { LinkNames } from "./snapshot-links.ts";

const UDP = 17; // RFC 790

const HOLDER: Evidence = { source: "holder" };
const NONE: Evidence = { source: "none" };
const KERNEL: Evidence = { source: "kernel" };
const UNKNOWN: Evidence = { source: "unknown" };

/** Who holds a socket; shared by all sockets that one process alone holds, of which there may be 100,000. */
type Holding = { processes: Process[]; application: string | undefined; evidence: Evidence };

/**
 * Joins what processes hold with what the protocol tables list. Sockets are told apart by the inode of their file.
 * Sockets share what says who holds them: nothing of it may be changed in place.
 */
export class SnapshotSockets implements Taker {
  readonly sockets: Socket[] = [];
  readonly #byInode = new Map<number, Socket>();
  /** Who holds a socket that is listed only by what lies behind it: the subflows of MPTCP. */
  readonly #behind = new Map<number, Holding[]>();
  readonly #holdings = new Map<number, Holding>();
  readonly #reader = createProcessReader("/proc");
  readonly #stats = new Map();
  readonly #address: SnapshotAddresses;
  readonly #options: SnapshotOptions;
  #ownerless = 0;

  constructor(options: SnapshotOptions, names: LinkNames) {
    this.#options = options;
    this.#address = snapshotAddresses(names);
  }

  get ownerless(): number {
    return this.#ownerless;
  }

  held(records: Uint8Array): void {
    const words = new Uint32Array(records.buffer, records.byteOffset, records.byteLength >> 2);
    for (let at = 0; at + RECORD.size <= records.length; at += RECORD.size) {
      const word = at >> 2;
      const inode = inodeAt(words, word);
      const holding = this.#holding(words[word + (RECORD.pid >> 2)] ?? 0);
      if (records[at + RECORD.hold] === HOLD.HOLD_BEHIND) {
        this.#behind.set(inode, [...(this.#behind.get(inode) ?? []), holding]);
        continue;
      }
      const known = this.#byInode.get(inode);
      if (known === undefined) this.#byInode.set(inode, this.#add(records, words, at, holding));
      else this.#addHolder(known, holding);
    }
  }

  listed(records: Uint8Array): void {
    const words = new Uint32Array(records.buffer, records.byteOffset, records.byteLength >> 2);
    for (let at = 0; at + RECORD.size <= records.length; at += RECORD.size) {
      const inode = inodeAt(words, at >> 2);
      if (inode !== 0 && this.#byInode.has(inode)) continue;
      const hold = records[at + RECORD.hold];
      const evidence = hold === HOLD.HOLD_KERNEL ? KERNEL : hold === HOLD.HOLD_FILE ? UNKNOWN : NONE;
      const holders = this.#behind.get(inode);
      if (holders !== undefined) {
        const [first = { processes: [], application: undefined, evidence: NONE }, ...others] = holders;
        const socket = this.#add(records, words, at, first);
        for (const other of others) this.#addHolder(socket, other);
        continue;
      }
      const socket = this.#add(records, words, at, { processes: [], application: undefined, evidence });
      if (inode === 0) continue;
      this.#byInode.set(inode, socket);
      if (evidence === UNKNOWN) this.#ownerless++;
    }
  }

  #holding(pid: number): Holding {
    let holding = this.#holdings.get(pid);
    if (holding === undefined) {
      const { verbose = false, brief = false } = this.#options;
      const process = this.#reader.read(pid, { stats: this.#stats, verbose, brief });
      const processes = process === undefined ? [] : [process];
      // A process that is gone by now holds nothing any more.
      const evidence = process === undefined ? NONE : HOLDER;
      holding = { processes, application: applicationOf(processes), evidence };
      this.#holdings.set(pid, holding);
    }
    return holding;
  }

  #addHolder(socket: Socket, { processes, evidence }: Holding): void {
    const [process] = processes;
    if (process === undefined || socket.processes.includes(process)) return;
    if (socket.evidence === UNKNOWN) this.#ownerless--;
    socket.processes = [...socket.processes, process];
    socket.evidence = evidence;
    const application = applicationOf(socket.processes);
    if (application !== undefined) socket.application = application;
  }

  #add(records: Uint8Array, words: Uint32Array, at: number, holding: Holding): Socket {
    const ports = words[(at + RECORD.lport) >> 2] ?? 0;
    const remotePort = ports >>> 16;
    const udp = records[at + RECORD.protocol] === UDP;
    const state = stateOf(records[at + RECORD.state] ?? 0, udp, remotePort);
    const family = records[at + RECORD.family] ?? 0;
    const networkNamespace = words[(at + RECORD.netns) >> 2] ?? 0;
    const link = { networkNamespace, index: words[(at + RECORD.ifindex) >> 2] ?? 0 };
    const { processes, application, evidence } = holding;
    const socket: Socket = {
      protocol: udp ? "udp" : "tcp",
      state,
      local: { address: this.#address(records, at + RECORD.laddr, family, link), port: ports & 0xffff },
      networkNamespace,
      processes,
      evidence,
    };
    if (state !== "LISTEN" && state !== "BOUND") {
      socket.remote = { address: this.#address(records, at + RECORD.raddr, family, link), port: remotePort };
    }
    if (application !== undefined) socket.application = application;
    this.sockets.push(socket);
    return socket;
  }
}

/** The 64-bit inode number at the start of the record at `word`; exact up to 2^53. */
function inodeAt(words: Uint32Array, word: number): number {
  return (words[word + 1] ?? 0) * 0x100000000 + (words[word] ?? 0);
}

function stateOf(state: number, udp: boolean, remotePort: number): SocketState {
  if (udp) return remotePort === 0 ? "BOUND" : "CONNECTED";
  return TCP_STATES[state] ?? "UNKNOWN";
}
