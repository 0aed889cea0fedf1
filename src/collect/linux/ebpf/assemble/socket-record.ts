import type { Endpoint, Protocol } from "../../../../model/endpoint.ts";
import type { ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { FLOW_FLAGS, HEAD, SOCK_RECORD } from "../records.gen.ts";
import type { Clock } from "./clock.ts";
import { type AddressBook, cookieAt, type Fields, protocolAt, u64 } from "./fields.ts";

/** A `struct sock_record` in the model's words. */
export type SocketRecord = {
  kind: number;
  protocol: Protocol;
  at: Micros;
  openedAt: Micros;
  /** The same in nanoseconds since boot: with the identity it names the flow, whatever the wall clock does. */
  openedNanos: number;
  process: ProcessKey | undefined;
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
  portChosenBy: "application" | "system" | undefined;
  callers: string[] | undefined;
};

/** What decoding needs beside the bytes. */
export type Decoding = {
  clock: Clock;
  addresses: AddressBook;
  callers(pid: number, stack: number): string[] | undefined;
};

const CHOOSERS = [undefined, "application", "system"] as const;

/** Decodes the `struct sock_record` at `offset`, which must lie within the bytes. Of all that this does there is much. */
export function socketRecordAt(fields: Fields, offset: number, { clock, addresses, callers }: Decoding): SocketRecord {
  const { view, bytes } = fields;
  const pid = view.getUint32(offset + HEAD.pid, true);
  const family = bytes[offset + HEAD.family] ?? 0;
  const flags = bytes[offset + SOCK_RECORD.flags] ?? 0;
  const networkNamespace = view.getUint32(offset + SOCK_RECORD.netns, true);
  const index = view.getInt32(offset + SOCK_RECORD.ifindex, true);
  const link = index === 0 ? undefined : { index, networkNamespace, pid };
  const openedNanos = u64(fields, offset + SOCK_RECORD.opened);
  const stack = view.getInt32(offset + SOCK_RECORD.stack, true);
  return {
    kind: view.getUint16(offset + HEAD.kind, true),
    protocol: protocolAt(bytes, offset),
    at: clock.wall(u64(fields, offset + HEAD.at)),
    openedAt: clock.wall(openedNanos),
    openedNanos,
    process: clock.process(pid, u64(fields, offset + HEAD.started)),
    identity: cookieAt(fields, offset + SOCK_RECORD.identity),
    cookie: cookieAt(fields, offset + SOCK_RECORD.cookie),
    local: {
      address: addresses.text(fields, offset + SOCK_RECORD.laddr, family, link),
      port: view.getUint16(offset + SOCK_RECORD.lport, true),
    },
    remote: {
      address: addresses.text(fields, offset + SOCK_RECORD.raddr, family, link),
      port: view.getUint16(offset + SOCK_RECORD.rport, true),
    },
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
    portChosenBy: CHOOSERS[bytes[offset + SOCK_RECORD.portChosen] ?? 0],
    callers: stack < 0 ? undefined : callers(pid, stack),
  };
}
