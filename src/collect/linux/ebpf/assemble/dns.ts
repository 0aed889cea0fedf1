import { ipv4Text, ipv6Text } from "../../../../model/address.ts";

/** The question's name and the addresses that a DNS answer gives for it. */
export type Answer = { name: string; addresses: string[] };

const HEADER = 12;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const CLASS_IN = 1;
/** Names are at most 255 bytes (RFC 1035, 2.3.4), lengths and the last dot included. */
const NAME = 255;
/** A compressed one may not jump about for longer than that. */
const STEPS = 255;

/**
 * Reads a DNS answer (RFC 1035, 4.1; AAAA by RFC 3596) that may be cut off: what is whole is used. Chains of CNAME are
 * collapsed: every address in the answer is one for the name that was asked. Undefined for what is no such answer.
 */
export function parseAnswer(bytes: Uint8Array): Answer | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isAnswer = view.getUint16(2) & 0x8000;
  if (!isAnswer || view.getUint16(4) !== 1) return undefined;
  const question = readName(bytes, HEADER);
  if (!question) return undefined;
  const addresses: string[] = [];
  let at = question.end + 4;
  for (let left = view.getUint16(6); left > 0; left--) {
    const owner = readName(bytes, at);
    if (!owner || owner.end + 10 > bytes.length) break;
    const type = view.getUint16(owner.end);
    const inside = view.getUint16(owner.end + 2) === CLASS_IN;
    const length = view.getUint16(owner.end + 8);
    const data = owner.end + 10;
    if (data + length > bytes.length) break;
    if (inside && type === TYPE_A && length === 4) addresses.push(ipv4Text(bytes, data));
    if (inside && type === TYPE_AAAA && length === 16) addresses.push(ipv6Text(bytes, data));
    at = data + length;
  }
  return addresses.length > 0 && question.name !== "" ? { name: question.name, addresses } : undefined;
}

/** The name at `at`, in lower case without the last dot, and where it ends; undefined where it is cut off or garbled. */
function readName(bytes: Uint8Array, at: number): { name: string; end: number } | undefined {
  const labels: string[] = [];
  let end: number | undefined;
  let wire = 1;
  for (let steps = 0; steps < STEPS; steps++) {
    const length = bytes[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join(".").toLowerCase(), end: end ?? at + 1 };
    if (length >= 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined) return undefined;
      end ??= at + 2;
      at = ((length & 0x3f) << 8) | low;
      continue;
    }
    wire += 1 + length;
    if (length > 63 || wire > NAME || at + 1 + length > bytes.length) return undefined;
    labels.push(label(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return undefined;
}

/** Bytes beyond printable ASCII are written `\DDD`, as zone files do (RFC 1035, 5.1). */
function label(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x2e && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, "0")}`;
  }
  return text;
}
