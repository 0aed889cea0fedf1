import { join, le16, le32 } from "../wire/bytes.ts";
import { DIALECTS } from "./dialects.ts";

/** What a request of SMB 1 names: its own last dialect, SMB 2.0.2, and whatever comes after (MS-SMB2 section 3.2.4.2.2.1). */
export const SMB1_DIALECTS = ["NT LM 0.12", "SMB 2.002", "SMB 2.???"];

const SMB1_NEGOTIATE = 0x72;
/** Long names, NT's error codes, Unicode (MS-CIFS section 2.2.3.1). */
const FLAGS2 = 0x0001 | 0x4000 | 0x8000;

/** SMB_COM_NEGOTIATE (MS-CIFS section 2.2.4.52.1), to which servers of every version have an answer. */
export function negotiateAny(): Uint8Array {
  const dialects = join(...SMB1_DIALECTS.map((name) => join(Uint8Array.of(2), name, Uint8Array.of(0))));
  return join(
    ...[Uint8Array.of(0xff), "SMB", Uint8Array.of(SMB1_NEGOTIATE), le32(0), Uint8Array.of(0), le16(FLAGS2)],
    // No process, session, tree or user yet; nothing is signed; no words follow, but bytes.
    ...[new Uint8Array(20), Uint8Array.of(0), le16(dialects.length), dialects],
  );
}

/** SMB2 NEGOTIATE (MS-SMB2 section 2.2.3), second in a conversation that began with one of SMB 1. */
export function negotiateSmb2(client: Uint8Array): Uint8Array {
  const dialects = Object.keys(DIALECTS).map((dialect) => le16(Number(dialect)));
  const contexts = [preauthentication(), encryption(), compression(), signing()];
  const start = aligned(HEADER + BODY + 2 * dialects.length);
  return join(
    ...[Uint8Array.of(0xfe), "SMB", le16(HEADER), le16(0), le32(0), le16(0), le16(1), le32(0), le32(0)],
    // The number of the message, then nothing of a tree, a session or a signature.
    ...[le32(1), le32(0), new Uint8Array(HEADER - 32)],
    ...[le16(BODY), le16(dialects.length), le16(SIGNING_ENABLED), le16(0), le32(CAPABILITIES), client.subarray(0, 16)],
    ...[le32(start), le16(contexts.length), le16(0), ...dialects],
    ...[new Uint8Array(start - (HEADER + BODY + 2 * dialects.length)), ...contexts.map(padded)],
  );
}

const HEADER = 64;
const BODY = 36;
const SIGNING_ENABLED = 1;
/** All that the dialects know: of what is not named here, the server says nothing. */
const CAPABILITIES = 0x7f;

/** SHA-512, with a salt (MS-SMB2 section 2.2.3.1.1), without which there is no dialect 3.1.1. */
function preauthentication(): Uint8Array {
  return context(1, join(le16(1), le16(SALT), le16(1), new Uint8Array(SALT)));
}
const SALT = 32;

/** AES-256-GCM, AES-256-CCM, AES-128-GCM, AES-128-CCM (section 2.2.3.1.2). */
function encryption(): Uint8Array {
  return context(2, join(le16(4), ...[4, 3, 2, 1].map(le16)));
}

/** LZNT1, LZ77, LZ77 with Huffman, patterns (section 2.2.3.1.3). */
function compression(): Uint8Array {
  return context(3, join(le16(4), le16(0), le32(0), ...[1, 2, 3, 4].map(le16)));
}

/** AES-GMAC, AES-CMAC, HMAC-SHA256 (section 2.2.3.1.7). */
function signing(): Uint8Array {
  return context(8, join(le16(3), ...[2, 1, 0].map(le16)));
}

function context(type: number, data: Uint8Array): Uint8Array {
  return join(le16(type), le16(data.length), le32(0), data);
}

/** Each context begins at a multiple of 8 bytes; the last one may end anywhere. */
function padded(bytes: Uint8Array, at: number, all: Uint8Array[]): Uint8Array {
  return at === all.length - 1 ? bytes : join(bytes, new Uint8Array(aligned(bytes.length) - bytes.length));
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}
