import type { FieldValue } from "../../protocol.ts";
import { buffer, join, u16, u32 } from "../wire/bytes.ts";
import { hex } from "../wire/text.ts";

/** Where a record's parts are, as the clients of the projects Dante and X-Chat use them; all else in it is zero. */
const AT = { client: 0, version: 4, server: 8, signature: 24, command: 36, body: 38, names: 220 };

const SIGNATURE = "RWSP";
/** With so many bytes a record can be told from everything else. */
export const SHORTEST = AT.body;

/** The client's first id, and the protocol's version. */
const [CLIENT, VERSION] = [0x0a000000, 0x00010200];
/** Hello, and the high byte of what acknowledges it. */
const [HELLO, HELLO_ACK] = [0x0500, 0x10];

/** Numbers of a hello that every client sends, and of which nobody knows what they mean. */
const UNKNOWN = {
  172: 0x4b00,
  176: 0x1400,
  180: 0x0400,
  188: 0x5704,
  190: 0x0004,
  192: 0x0100,
  196: 0x4a02,
  208: 0x3000,
  212: 0x4400,
  216: 0x3900,
};

/** The record by which a client announces itself: user, nothing, application and computer, each with a zero after it. */
export function hello(): Uint8Array {
  const fixed = new Uint8Array(AT.names);
  fixed.set(u32(CLIENT), AT.client);
  fixed.set(u32(VERSION), AT.version);
  fixed.set(Buffer.from(SIGNATURE), AT.signature);
  fixed.set(u16(HELLO), AT.command);
  for (const [at, value] of Object.entries(UNKNOWN)) fixed.set(u16(value), Number(at));
  return join(fixed, "portolan\0\0portolan\0portolan\0");
}

/** What a record says; undefined where the bytes are none. */
export function readRecord(
  bytes: Uint8Array,
): { isHello: boolean; fields: { [name: string]: FieldValue } } | undefined {
  if (bytes.length < SHORTEST) return undefined;
  const view = buffer(bytes);
  if (view.toString("latin1", AT.signature, AT.signature + SIGNATURE.length) !== SIGNATURE) return undefined;
  const command = view.readUInt16BE(AT.command);
  const fields = { command: hex(u16(command)), server: hex(bytes.subarray(AT.server, AT.server + 4)) };
  return { isHello: command >> 8 === HELLO_ACK, fields };
}
