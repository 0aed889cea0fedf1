import { UDP_KEY, UDP_VALUE } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import type { UdpEntries } from "../../../../../src/collect/linux/ebpf/udp-map.ts";
import type { Endpoint } from "../../../../../src/model/endpoint.ts";
import { familyOf, writeAddress } from "./record.ts";

/** What one sweep counted for a socket and a peer; times in nanoseconds since boot. */
export type Exchange = {
  cookie?: bigint;
  /** Left out: the socket has no peer, and the call asked for none. */
  peer?: Endpoint;
  local?: Endpoint;
  first?: number;
  last?: number;
  inbound?: boolean;
  bytesIn?: number;
  bytesOut?: number;
  pid?: number;
  started?: number;
  ifindex?: number;
};

export const NO_ENTRIES: UdpEntries = { keys: new Uint8Array(), values: new Uint8Array() };

/** Keys and values as a drained udp map gives them. */
export function entries(...exchanges: Exchange[]): UdpEntries {
  return {
    keys: new Uint8Array(Buffer.concat(exchanges.map(peerOf))),
    values: new Uint8Array(Buffer.concat(exchanges.map(countsOf))),
  };
}

function peerOf({ cookie = 1n, peer, local }: Exchange): Buffer {
  const key = Buffer.alloc(UDP_KEY.size);
  const address = peer?.address ?? (local?.address.includes(":") ? "::" : "0.0.0.0");
  key.writeBigUInt64LE(cookie, UDP_KEY.cookie);
  writeAddress(key, UDP_KEY.raddr, address);
  key.writeUInt16LE(peer?.port ?? 0, UDP_KEY.rport);
  key[UDP_KEY.family] = familyOf(address);
  return key;
}

function countsOf(exchange: Exchange): Buffer {
  const { local = { address: "0.0.0.0", port: 40_000 }, first = 0 } = exchange;
  const value = Buffer.alloc(UDP_VALUE.size);
  value.writeBigUInt64LE(BigInt(first), UDP_VALUE.first);
  value.writeBigUInt64LE(BigInt(exchange.last ?? first), UDP_VALUE.last);
  value.writeBigUInt64LE(BigInt(exchange.started ?? 0), UDP_VALUE.started);
  value.writeBigUInt64LE(BigInt(exchange.bytesIn ?? 0), UDP_VALUE.bytesIn);
  value.writeBigUInt64LE(BigInt(exchange.bytesOut ?? 0), UDP_VALUE.bytesOut);
  value.writeUInt32LE(exchange.pid ?? 0, UDP_VALUE.pid);
  value.writeUInt32LE(4026531840, UDP_VALUE.netns);
  value.writeInt32LE(exchange.ifindex ?? 0, UDP_VALUE.ifindex);
  value.writeUInt16LE(local.port, UDP_VALUE.lport);
  value[UDP_VALUE.inbound] = exchange.inbound ? 1 : 0;
  value[UDP_VALUE.family] = familyOf(local.address);
  writeAddress(value, UDP_VALUE.laddr, local.address);
  return value;
}
