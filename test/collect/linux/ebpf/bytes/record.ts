import {
  COOKIE_RECORD,
  DNS_RECORD,
  EXEC_RECORD,
  FAILED_RECORD,
  FLOW_FLAGS,
  HEAD,
  RECORD_KIND,
  SOCK_RECORD,
  TASK_RECORD,
} from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { addressBytes } from "../../../../../src/model/address-block.ts";
import type { Endpoint, Protocol } from "../../../../../src/model/endpoint.ts";

const FAMILY = { four: 2, six: 10 };
const PROTOCOL = { tcp: 6, udp: 17 };

/** What every record says: who, and when in nanoseconds since boot. */
export type Head = { protocol?: Protocol; pid?: number; at?: number | bigint; started?: number | bigint };

export type Socket = Head & {
  /** The cookie where it is not said. */
  identity?: bigint;
  cookie?: bigint;
  local?: Endpoint;
  remote?: Endpoint;
  netns?: number;
  ifindex?: number;
  stack?: number;
  opened?: number | bigint;
  bytesIn?: number;
  bytesOut?: number;
  error?: number;
  portChosen?: 0 | 1 | 2;
  inbound?: boolean;
  established?: boolean;
  ended?: boolean;
  accepted?: boolean;
  late?: boolean;
};

const NOWHERE = { address: "0.0.0.0", port: 0 };

/** A `struct sock_record` of `kind`; what is not said is 0, no stack, and an established flow. */
export function socketRecord(kind: keyof typeof RECORD_KIND, socket: Socket): Buffer {
  const { local = NOWHERE, remote = NOWHERE } = socket;
  const record = begun(kind, SOCK_RECORD.size, socket, isSix(local.address) || isSix(remote.address));
  record.writeBigUInt64LE(socket.identity ?? socket.cookie ?? 1n, SOCK_RECORD.identity);
  record.writeBigUInt64LE(socket.cookie ?? 1n, SOCK_RECORD.cookie);
  writeAddress(record, SOCK_RECORD.laddr, local.address);
  writeAddress(record, SOCK_RECORD.raddr, remote.address);
  record.writeUInt16LE(local.port, SOCK_RECORD.lport);
  record.writeUInt16LE(remote.port, SOCK_RECORD.rport);
  record.writeUInt32LE(socket.netns ?? 4026531840, SOCK_RECORD.netns);
  record.writeInt32LE(socket.ifindex ?? 0, SOCK_RECORD.ifindex);
  record.writeInt32LE(socket.stack ?? -1, SOCK_RECORD.stack);
  record.writeBigUInt64LE(BigInt(socket.opened ?? socket.at ?? 0), SOCK_RECORD.opened);
  record.writeBigUInt64LE(BigInt(socket.bytesIn ?? 0), SOCK_RECORD.bytesIn);
  record.writeBigUInt64LE(BigInt(socket.bytesOut ?? 0), SOCK_RECORD.bytesOut);
  record.writeUInt16LE(socket.error ?? 0, SOCK_RECORD.error);
  record[SOCK_RECORD.flags] =
    (socket.inbound ? FLOW_FLAGS.FLOW_INBOUND : 0) |
    (socket.established === false ? 0 : FLOW_FLAGS.FLOW_ESTABLISHED) |
    (socket.ended ? FLOW_FLAGS.FLOW_ENDED : 0) |
    (socket.late ? FLOW_FLAGS.FLOW_LATE : 0) |
    (socket.accepted ? FLOW_FLAGS.FLOW_ACCEPTED : 0);
  record[SOCK_RECORD.portChosen] = socket.portChosen ?? 0;
  return record;
}

/** RECORD_ACCEPT or RECORD_UDP_CLOSE. */
export function cookieRecord(kind: "RECORD_ACCEPT" | "RECORD_UDP_CLOSE", head: Head & { cookie: bigint }): Buffer {
  const record = begun(kind, COOKIE_RECORD.size, head, false);
  record.writeBigUInt64LE(head.cookie, COOKIE_RECORD.cookie);
  return record;
}

export type Failure = Head & { asked: Endpoint; error: number; cookie?: bigint; netns?: number };

export function failedRecord(kind: "RECORD_BIND_FAILED" | "RECORD_CONNECT_FAILED", failure: Failure): Buffer {
  const record = begun(kind, FAILED_RECORD.size, failure, isSix(failure.asked.address));
  writeAddress(record, FAILED_RECORD.addr, failure.asked.address);
  record.writeUInt16LE(failure.asked.port, FAILED_RECORD.port);
  record.writeUInt16LE(failure.error, FAILED_RECORD.error);
  record.writeUInt32LE(failure.netns ?? 4026531840, FAILED_RECORD.netns);
  record.writeBigUInt64LE(failure.cookie ?? 0n, FAILED_RECORD.cookie);
  return record;
}

export function dnsRecord(answer: Uint8Array, head: Head = {}): Buffer {
  const record = begun("RECORD_DNS", DNS_RECORD.size, { protocol: "udp", ...head }, false);
  const kept = Math.min(answer.length, DNS_RECORD.size - DNS_RECORD.bytes);
  record.writeUInt32LE(answer.length, DNS_RECORD.length);
  record.writeUInt32LE(kept, DNS_RECORD.kept);
  record.set(answer.subarray(0, kept), DNS_RECORD.bytes);
  return record;
}

export type Exec = Head & { parent?: number; uid?: number; comm?: string; path: string; line: Uint8Array };

/** RECORD_EXEC, of the length that the kernel gives it: the path leaf first, then the arguments. */
export function execRecord({ parent = 1, uid = 0, comm = "", path, line, ...head }: Exec): Buffer {
  const components = path.split("/").slice(1).reverse();
  const leafFirst = Buffer.from(components.map((one) => `${one}\0`).join(""));
  const record = begun("RECORD_EXEC", EXEC_RECORD.bytes + leafFirst.length + line.length, head, false);
  record.writeUInt32LE(parent, EXEC_RECORD.parent);
  record.writeUInt32LE(uid, EXEC_RECORD.uid);
  record.set(Buffer.from(comm).subarray(0, 16), EXEC_RECORD.comm);
  record.writeUInt32LE(leafFirst.length, EXEC_RECORD.pathLength);
  record.writeUInt32LE(line.length, EXEC_RECORD.argumentLength);
  record.set(leafFirst, EXEC_RECORD.bytes);
  record.set(line, EXEC_RECORD.bytes + leafFirst.length);
  return record;
}

export type Task = Head & { parent?: number; uid?: number; comm?: string };

export function taskRecord(kind: "RECORD_FORK" | "RECORD_EXIT", { parent = 0, uid = 0, comm = "", ...head }: Task) {
  const record = begun(kind, TASK_RECORD.size, head, false);
  record.writeUInt32LE(parent, TASK_RECORD.parent);
  record.writeUInt32LE(uid, TASK_RECORD.uid);
  record.set(Buffer.from(comm).subarray(0, 16), TASK_RECORD.comm);
  return record;
}

/** Arguments as the kernel lays them out: each ended by NUL. */
export function commandLine(...words: string[]): Buffer {
  return Buffer.from(words.map((word) => `${word}\0`).join(""));
}

/** Sixteen bytes in network order, an IPv4 address in the first four. */
export function writeAddress(to: Uint8Array, at: number, address: string): void {
  const bytes = addressBytes(address);
  if (bytes === undefined) throw new Error(`no address: ${address}`);
  if (bytes.length === 4 && isSix(address)) to.set([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...bytes], at);
  else to.set(bytes, at);
}

export function familyOf(address: string): number {
  return isSix(address) ? FAMILY.six : FAMILY.four;
}

function isSix(address: string): boolean {
  return address.includes(":");
}

function begun(kind: keyof typeof RECORD_KIND, size: number, head: Head, six: boolean): Buffer {
  const record = Buffer.alloc(size);
  record.writeUInt16LE(RECORD_KIND[kind], HEAD.kind);
  record[HEAD.protocol] = PROTOCOL[head.protocol ?? "tcp"];
  record[HEAD.family] = six ? FAMILY.six : FAMILY.four;
  record.writeUInt32LE(head.pid ?? 0, HEAD.pid);
  record.writeBigUInt64LE(BigInt(head.at ?? 0), HEAD.at);
  record.writeBigUInt64LE(BigInt(head.started ?? 0), HEAD.started);
  return record;
}
