import type { ProbeContext } from "../../src/probe/protocol.ts";

/** The numbers that recorded replies answer with. */
const NONCE = Uint8Array.from({ length: 16 }, (_, i) => i + 1);

/** A question as the recorded replies were asked, with what a test changes. */
export function question(changed: Partial<ProbeContext> = {}): ProbeContext {
  return { address: "127.0.0.1", port: 1009, community: "public", nonce: NONCE, ...changed };
}
