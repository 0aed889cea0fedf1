import type { ProbeAnswer } from "../../protocol.ts";
import { parsed, Reader } from "../wire/reader.ts";

const ASF = 6;
const PONG = 0x40;

/** Reads Presence Pong (ASF 2.0 section 3.2.4.3); undefined where the datagram is none. */
export function readPong(datagram: Uint8Array): ProbeAnswer | undefined {
  return parsed(() => {
    const reader = new Reader(datagram);
    reader.skip(3);
    if (reader.u8() !== ASF) return undefined;
    reader.skip(4);
    if (reader.u8() !== PONG) return undefined;
    reader.skip(3);
    const manufacturer = reader.u32();
    reader.skip(4);
    const supports = (reader.u8() & 0x80) !== 0;
    return { protocol: "ipmi", fields: { ipmi: supports, manufacturer } };
  });
}
