import type { FieldValue } from "../../protocol.ts";
import { parsed, Reader } from "../wire/reader.ts";

const CIPHERS: { [id: number]: string } = { 1: "AES-128-CCM", 2: "AES-128-GCM", 3: "AES-256-CCM", 4: "AES-256-GCM" };
const COMPRESSIONS: { [id: number]: string } = { 1: "LZNT1", 2: "LZ77", 3: "LZ77+Huffman", 4: "Pattern_V1", 5: "LZ4" };
const SIGNINGS: { [id: number]: string } = { 0: "HMAC-SHA256", 1: "AES-CMAC", 2: "AES-GMAC" };

/** A server answers each context once at most. */
const MOST = 16;

/** What a server of dialect 3.1.1 chose (MS-SMB2 section 2.2.4.1), as far as it can be read. */
export function contexts(bytes: Uint8Array, count: number): { [name: string]: FieldValue } {
  const fields: { [name: string]: FieldValue } = {};
  parsed(() => {
    const reader = new Reader(bytes, "little");
    for (let i = 0; i < Math.min(count, MOST); i++) {
      if (i > 0) reader.align(8);
      const [type, length] = [reader.u16(), reader.u16()];
      reader.skip(4);
      Object.assign(fields, chosen(type, reader.take(length)));
    }
  });
  return fields;
}

function chosen(type: number, data: Uint8Array): { [name: string]: FieldValue } | undefined {
  const reader = new Reader(data, "little");
  const count = reader.u16();
  if (type === 2) return { encryption: names(reader, count, CIPHERS)[0] ?? "none" };
  if (type === 8) return { signingAlgorithm: names(reader, count, SIGNINGS)[0] ?? "none" };
  if (type !== 3) return undefined;
  reader.skip(6);
  return { compression: names(reader, count, COMPRESSIONS) };
}

function names(reader: Reader, count: number, table: { [id: number]: string }): string[] {
  return Array.from({ length: Math.min(count, MOST) }, () => {
    const id = reader.u16();
    return table[id] ?? `0x${id.toString(16)}`;
  }).filter((name) => name !== "0x0");
}
