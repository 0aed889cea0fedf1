import { ipv4Text } from "../../../model/address.ts";
import { buffer } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";
import { uuidText } from "./uuid.ts";

/** Where an interface is reached: what a protocol tower says (C706 appendix L). */
export type Tower = { uuid: string; version: string; binding: string };

/** What a floor of a tower is about (C706 appendix I, MS-RPCE section 2.2.1.1). */
const FLOOR = {
  tcp: 0x07,
  udp: 0x08,
  ip: 0x09,
  datagrams: 0x0a,
  connections: 0x0b,
  local: 0x0c,
  uuid: 0x0d,
  pipe: 0x0f,
  localPort: 0x10,
  netbios: 0x11,
  http: 0x1f,
};

type Floor = { protocol: number; left: Uint8Array; right: Uint8Array };

/** Interface, syntax, way of calling, endpoint, host; longer towers are none of today's. */
const MOST_FLOORS = 8;

/** Reads a tower; undefined where it is cut off or names no interface. */
export function readTower(bytes: Uint8Array): Tower | undefined {
  return parsed(() => {
    const reader = new Reader(bytes, "little");
    const floors = Array.from({ length: Math.min(reader.u16(), MOST_FLOORS) }, () => floor(reader));
    const [top] = floors;
    if (top?.protocol !== FLOOR.uuid) return undefined;
    const [interfaceId, minor] = [new Reader(top.left, "little"), new Reader(top.right, "little")];
    const uuid = uuidText(interfaceId.take(16));
    return { uuid, version: `${interfaceId.u16()}.${minor.u16()}`, binding: binding(floors) };
  });
}

function floor(reader: Reader): Floor {
  const left = new Reader(reader.take(reader.u16()), "little");
  const right = reader.take(reader.u16());
  return { protocol: left.u8(), left: left.take(left.left), right };
}

/** The string by which a client binds (C706 section 3.1): `ncacn_ip_tcp:192.0.2.1[1025]`. */
function binding(floors: Floor[]): string {
  const has = (protocol: number) => floors.find((each) => each.protocol === protocol)?.right;
  const ip = has(FLOOR.ip);
  const address = ip?.length === 4 ? ipv4Text(ip, 0) : "";
  const host = text(has(FLOOR.netbios));
  const [tcp, udp, http] = [port(has(FLOOR.tcp)), port(has(FLOOR.udp)), port(has(FLOOR.http))];
  const [pipe, local] = [has(FLOOR.pipe), has(FLOOR.localPort)];
  if (tcp !== undefined) return `ncacn_ip_tcp:${address}[${tcp}]`;
  if (udp !== undefined) return `ncadg_ip_udp:${address}[${udp}]`;
  if (http !== undefined) return `ncacn_http:${address}[${http}]`;
  if (pipe !== undefined) return `ncacn_np:${host}[${text(pipe)}]`;
  if (local !== undefined) return `ncalrpc:[${text(local)}]`;
  const numbers = floors.slice(2).map((each) => `0x${each.protocol.toString(16).padStart(2, "0")}`);
  return `unknown:[${numbers.join(" ")}]`;
}

function port(bytes: Uint8Array | undefined): number | undefined {
  return bytes?.length === 2 ? buffer(bytes).readUInt16BE() : undefined;
}

/** A name with the zero that ends it. */
function text(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "";
  const end = bytes.indexOf(0);
  return printable(end < 0 ? bytes : bytes.subarray(0, end), 256);
}
