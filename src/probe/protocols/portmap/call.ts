import type { ProbeContext } from "../../protocol.ts";
import { buffer, join, u32 } from "../wire/bytes.ts";

const CALL = 0;
const RPC_VERSION = 2;
/** The port mapper's own program, its version 2, and the procedure that lists all others (RFC 1833 section 3). */
const [PROGRAM, VERSION, DUMP] = [100_000, 2, 4];
/** No credentials, and nothing that proves them (RFC 5531 section 8.2). */
const AUTH_NONE = join(u32(0), u32(0));

/** The number that a reply repeats. */
export function transaction({ nonce }: ProbeContext): number {
  return buffer(nonce).readUInt32BE();
}

/** The call of PMAPPROC_DUMP (RFC 5531 section 9). */
export function call(context: ProbeContext): Uint8Array {
  const words = [transaction(context), CALL, RPC_VERSION, PROGRAM, VERSION, DUMP].map(u32);
  return join(...words, AUTH_NONE, AUTH_NONE);
}
