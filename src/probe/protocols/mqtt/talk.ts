import type { FieldValue } from "../../protocol.ts";
import { join, u16 } from "../wire/bytes.ts";
import { hex } from "../wire/text.ts";

/** Types of control packets (MQTT 3.1.1 section 2.2.1). */
export const [CONNACK, PUBLISH, PINGRESP] = [2, 3, 13];
const [CONNECT, SUBSCRIBE, PINGREQ] = [1, 8, 12];

export const DISCONNECT = Uint8Array.of(0xe0, 0);

const LEVEL_3_1_1 = 4;
const CLEAN_SESSION = 0x02;
const KEEP_ALIVE_SECONDS = 60;

/** A name of up to 23 letters and digits, which every broker takes (section 3.1.3.1), and nothing to prove it. */
export function connect(nonce: Uint8Array): Uint8Array {
  const name = `portolan${hex(nonce.subarray(0, 7))}`;
  const settings = Uint8Array.of(LEVEL_3_1_1, CLEAN_SESSION);
  return packet(CONNECT << 4, text("MQTT"), settings, u16(KEEP_ALIVE_SECONDS), text(name));
}

/**
 * Asks for what Mosquitto keeps under that topic, and then for a sign of life: a broker sends what it keeps of a topic at
 * the subscription, so that nothing more comes after the sign.
 */
export function versionQuestion(): Uint8Array {
  const subscription = packet((SUBSCRIBE << 4) | 2, u16(1), text("$SYS/broker/version"), Uint8Array.of(0));
  return join(subscription, packet(PINGREQ << 4));
}

function text(value: string): Uint8Array {
  return join(u16(value.length), value);
}

function packet(first: number, ...parts: Uint8Array[]): Uint8Array {
  const body = join(...parts);
  return join(Uint8Array.of(first, body.length), body);
}

/** Return codes of CONNACK (MQTT 3.1.1 section 3.2.2.3), and those of version 5 (section 3.2.2.2) that it shares. */
const CODES: { [code: number]: string } = {
  0: "accepted",
  1: "unacceptable protocol version",
  2: "identifier rejected",
  3: "server unavailable",
  4: "bad user name or password",
  5: "not authorized",
  132: "unsupported protocol version",
  133: "client identifier not valid",
  134: "bad user name or password",
  135: "not authorized",
  136: "server unavailable",
  137: "server busy",
  138: "banned",
  140: "bad authentication method",
};

/** What a CONNACK says; undefined where it is too short for one. */
export function outcome(body: Uint8Array): { [name: string]: FieldValue } | undefined {
  const code = body[1];
  if (code === undefined) return undefined;
  return { accepted: code === 0, code, meaning: CODES[code] ?? "unknown" };
}
