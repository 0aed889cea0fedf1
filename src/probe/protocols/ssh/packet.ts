import { join, u32 } from "../wire/bytes.ts";
import { Reader } from "../wire/reader.ts";

/** No packet before the keys are exchanged is longer, in bytes (RFC 4253 section 6.1). */
const LONGEST = 35_000;
/** Before encryption a packet is a multiple of this, and has at least so much padding (RFC 4253 section 6). */
const BLOCK = 8;
const LEAST_PADDING = 4;

/** The payload of the packet at the start of `bytes` (RFC 4253 section 6); "foreign" where its lengths make no sense. */
export function firstPayload(bytes: Uint8Array): Uint8Array | "unfinished" | "foreign" {
  if (bytes.length < 5) return "unfinished";
  const reader = new Reader(bytes);
  const length = reader.u32();
  const padding = reader.u8();
  if (length > LONGEST || length < padding + 2) return "foreign";
  return reader.left < length - 1 ? "unfinished" : reader.take(length - 1 - padding);
}

const MSG_DISCONNECT = 1;
const BY_APPLICATION = 11;

/** A packet that says goodbye (RFC 4253 section 11.1), so that the server need not log a client that vanished. */
export function disconnect(): Uint8Array {
  const description = "only asking";
  const payload = join(
    Uint8Array.of(MSG_DISCONNECT),
    u32(BY_APPLICATION),
    u32(description.length),
    description,
    // The language, which is left open.
    u32(0),
  );
  const unpadded = 5 + payload.length;
  const padding = BLOCK - ((unpadded + LEAST_PADDING) % BLOCK) + LEAST_PADDING;
  return join(u32(1 + payload.length + padding), Uint8Array.of(padding), payload, new Uint8Array(padding));
}
