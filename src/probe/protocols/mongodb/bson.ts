import { buffer } from "../wire/bytes.ts";
import { Malformed, parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

/** The values of a document that say something by themselves; others are left out. */
export type Document = Map<string, Value>;
type Value = string | number | boolean | Date | Value[];

/** More elements are not read, nor deeper ones. */
const MOST = 256;
const DEEPEST = 8;

/** Reads a document of BSON (bsonspec.org, version 1.1); undefined where it is none. */
export function document(bytes: Uint8Array): Document | undefined {
  return parsed(() => elements(new Reader(bytes, "little"), 0));
}

function elements(outer: Reader, depth: number): Document {
  const length = outer.u32();
  if (length < 5 || depth > DEEPEST) throw new Malformed("no document");
  const reader = new Reader(outer.take(length - 4), "little");
  const found: Document = new Map();
  for (let i = 0; i < MOST; i++) {
    const type = reader.u8();
    if (type === 0) break;
    const name = printable(reader.untilNul(), 64);
    const read = value(reader, type, depth);
    if (read !== undefined) found.set(name, read);
  }
  return found;
}

/** How long values of a fixed length are that say nothing here: null, ids, times of the log, large decimals, ends. */
const LENGTHS: { [type: number]: number } = { 6: 0, 7: 12, 10: 0, 17: 8, 19: 16, 127: 0, 255: 0 };

function value(reader: Reader, type: number, depth: number): Value | undefined {
  if (type === 1) return finite(buffer(reader.take(8)).readDoubleLE());
  if (type === 2) return printable(reader.take(reader.u32()).subarray(0, -1));
  if (type === 3) return void elements(reader, depth + 1);
  if (type === 4) return [...elements(reader, depth + 1).values()];
  if (type === 5) return void reader.skip(reader.u32() + 1);
  if (type === 8) return reader.u8() === 1;
  if (type === 9) return new Date(Number(buffer(reader.take(8)).readBigInt64LE()));
  if (type === 16) return reader.u32() | 0;
  if (type === 18) return Number(buffer(reader.take(8)).readBigInt64LE());
  const length = LENGTHS[type];
  if (length === undefined) throw new Malformed(`a value of type ${type}`);
  return void reader.skip(length);
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}
