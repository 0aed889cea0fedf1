import type { Endpoint, Protocol } from "../../../../model/endpoint.ts";
import type { ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { FLOW_FLAGS, SOCK_RECORD } from "../records.gen.ts";
import type { Clock } from "./clock.ts";
import { type AddressBook, cookieAt, type Fields, headAt, u64 } from "./fields.ts";

/** A `struct sock_record` in the model's words. */
export type SocketRecord = {
  kind: number;
  protocol: Protocol;
  at: Micros;
  openedAt: Micros;
  /** The same in nanoseconds since boot: with the identity it names the flow, whatever the wall clock does. */
  openedNanos: number;
  process?: ProcessKey;
  /** Of the socket among those that are open, and no other's: a UDP socket that has none has 0. */
  identity: number;
  /** Of a TCP socket of which another record may speak after its end; else 0. */
  cookie: number;
  local: Endpoint;
  remote: Endpoint;
  networkNamespace: number;
  bytesIn: number;
  bytesOut: number;
  error: number;
  inbound: boolean;
  established: boolean;
  /** The process is the one whose accept returned it. */
  accepted: boolean;
  /** No accept was seen: the process is the one that closed it. */
  used: boolean;
  ended: boolean;
  /** It was open before the collector came. */
  late: boolean;
  portChosenBy?: "application" | "system";
  callers?: string[];
};

/** What decoding needs beside the bytes. */
export type Decoding = {
  clock: Clock;
  addresses: AddressBook;
  callers(pid: number, stack: number): string[] | undefined;
};

const CHOOSERS = [undefined, "application", "system"] as const;

/** Decodes the `struct sock_record` at `offset`, which must lie within the bytes. */
export function socketRecordAt(fields: Fields, offset: number, decoding: Decoding): SocketRecord {
  const { view, bytes } = fields;
  const head = headAt(fields, offset);
  const flags = bytes[offset + SOCK_RECORD.flags] ?? 0;
  const networkNamespace = view.getUint32(offset + SOCK_RECORD.netns, true);
  const link = { index: view.getInt32(offset + SOCK_RECORD.ifindex, true), networkNamespace, pid: head.pid };
  const address = (at: number) => decoding.addresses.text(fields, offset + at, head.family, link);
  const openedNanos = u64(fields, offset + SOCK_RECORD.opened);
  const record: SocketRecord = {
    kind: head.kind,
    protocol: head.protocol,
    at: decoding.clock.wall(head.at),
    openedAt: decoding.clock.wall(openedNanos),
    openedNanos,
    identity: cookieAt(fields, offset + SOCK_RECORD.identity),
    cookie: cookieAt(fields, offset + SOCK_RECORD.cookie),
    local: { address: address(SOCK_RECORD.laddr), port: view.getUint16(offset + SOCK_RECORD.lport, true) },
    remote: { address: address(SOCK_RECORD.raddr), port: view.getUint16(offset + SOCK_RECORD.rport, true) },
    networkNamespace,
    bytesIn: u64(fields, offset + SOCK_RECORD.bytesIn),
    bytesOut: u64(fields, offset + SOCK_RECORD.bytesOut),
    error: view.getUint16(offset + SOCK_RECORD.error, true),
    inbound: (flags & FLOW_FLAGS.FLOW_INBOUND) !== 0,
    used: (flags & FLOW_FLAGS.FLOW_USED) !== 0,
    accepted: (flags & FLOW_FLAGS.FLOW_ACCEPTED) !== 0,
    established: (flags & FLOW_FLAGS.FLOW_ESTABLISHED) !== 0,
    ended: (flags & FLOW_FLAGS.FLOW_ENDED) !== 0,
    late: (flags & FLOW_FLAGS.FLOW_LATE) !== 0,
  };
  const process = decoding.clock.process(head.pid, head.started);
  if (process) record.process = process;
  const chosenBy = CHOOSERS[bytes[offset + SOCK_RECORD.portChosen] ?? 0];
  if (chosenBy) record.portChosenBy = chosenBy;
  const stack = view.getInt32(offset + SOCK_RECORD.stack, true);
  const callers = stack < 0 ? undefined : decoding.callers(head.pid, stack);
  if (callers) record.callers = callers;
  return record;
}
