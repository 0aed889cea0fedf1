import type { Exchange, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { type Avp, avp, controlMessage, readControlMessage } from "./l2tp/message.ts";
import { buffer, u16, u32 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { printable } from "./wire/text.ts";

/**
 * L2TP (RFC 2661): asks to set up a tunnel, and reads whether the server would, or why not. It gives the tunnel up by
 * itself when nothing follows.
 */
export const l2tp: ProbeProtocol = {
  name: "l2tp",
  services: ["l2tp", "l2f"],
  ports: [{ protocol: "udp", port: 1701 }],
  udp: exchange,
};

/** Control messages (RFC 2661 section 3.2). */
const [SCCRQ, SCCRP, STOP] = [1, 2, 4];

/** Attributes (RFC 2661 section 4.4). */
const MESSAGE_TYPE = 0;
const RESULT = 1;
const VERSION = 2;
const FRAMING = 3;
const FIRMWARE = 6;
const HOST = 7;
const VENDOR = 8;
const TUNNEL = 9;
const WINDOW = 10;

function exchange({ nonce }: ProbeContext): Exchange {
  // Zero would be no id (RFC 2661 section 4.4.3).
  const tunnel = buffer(nonce).readUInt16BE() || 1;
  return {
    request: controlMessage(
      avp(MESSAGE_TYPE, u16(SCCRQ)),
      avp(VERSION, Uint8Array.of(1, 0)),
      avp(FRAMING, u32(3)),
      avp(HOST, Buffer.from("portolan")),
      avp(TUNNEL, u16(tunnel)),
      avp(WINDOW, u16(4)),
    ),
    read: (datagram) => parsed(() => answer(datagram, tunnel)),
  };
}

function answer(datagram: Uint8Array, ours: number): ProbeAnswer | undefined {
  const { tunnel, avps } = readControlMessage(datagram) ?? {};
  // Who refuses before a tunnel exists may not have read our id.
  if (avps === undefined || (tunnel !== ours && tunnel !== 0)) return undefined;
  const [type] = numbers(avps, MESSAGE_TYPE);
  // A message without attributes only acknowledges (RFC 2661 section 5.8).
  if (type === undefined) return { protocol: "l2tp", fields: { reply: "acknowledgement" } };
  if (type !== SCCRP && type !== STOP) return undefined;
  const [result, error] = numbers(avps, RESULT);
  const [version] = numbers(avps, VERSION);
  const [firmware] = numbers(avps, FIRMWARE);
  const [host, vendor, why] = [text(avps, HOST), text(avps, VENDOR), text(avps, RESULT, 4)];
  const fields = {
    reply: type === SCCRP ? "accepted" : "refused",
    ...(host && { host }),
    ...(vendor && { vendor }),
    ...(firmware !== undefined && { firmware }),
    ...(version !== undefined && { version: `${version >> 8}.${version & 255}` }),
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error }),
    ...(why && { message: why }),
  };
  return { protocol: "l2tp", fields };
}

/** The 16-bit numbers of an attribute; none where the server did not send it. */
function numbers(avps: Avp[], type: number): number[] {
  const value = avps.find((each) => each.type === type)?.value;
  const reader = new Reader(value ?? new Uint8Array());
  return Array.from({ length: Math.min(reader.left >> 1, 2) }, () => reader.u16());
}

function text(avps: Avp[], type: number, from = 0): string | undefined {
  const value = avps.find((each) => each.type === type)?.value;
  return value && printable(value.subarray(from));
}
