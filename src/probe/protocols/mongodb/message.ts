import { buffer, join, le32 } from "../wire/bytes.ts";

/** Kinds of messages ("Opcodes"). */
const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013];
const HEADER = 16;
/** A longer reply is not waited for. */
const LONGEST = 65_536;

/** `isMaster` in the message that servers of every version answer: drivers begin so, too. */
export function hello(): Uint8Array {
  const collection = join("admin.$cmd", Uint8Array.of(0));
  return message(1, OP_QUERY, le32(0), collection, le32(0), le32(-1), bson(one("isMaster")));
}

/** `buildInfo` of the database `admin`. */
export function buildInfo(): Uint8Array {
  const database = join(Uint8Array.of(0x02), "$db", Uint8Array.of(0), le32(6), "admin", Uint8Array.of(0));
  return message(2, OP_MSG, le32(0), Uint8Array.of(0), bson(one("buildInfo"), database));
}

/** An element of a document that is the number 1 (bsonspec.org, version 1.1). */
function one(name: string): Uint8Array {
  return join(Uint8Array.of(0x10), name, Uint8Array.of(0), le32(1));
}

function bson(...elements: Uint8Array[]): Uint8Array {
  const inside = join(...elements, Uint8Array.of(0));
  return join(le32(4 + inside.length), inside);
}

function message(number: number, kind: number, ...parts: Uint8Array[]): Uint8Array {
  const body = join(...parts);
  return join(le32(HEADER + body.length), le32(number), le32(0), le32(kind), body);
}

/** Before the document: flags, a cursor of 8 bytes and two numbers; or flags and the kind of the section. */
const BEFORE: { [kind: number]: number } = { [OP_REPLY]: 20, [OP_MSG]: 5 };

/** The first document of a reply. */
export function reply(received: Uint8Array): Uint8Array | "unfinished" | "foreign" {
  if (received.length < HEADER) return "unfinished";
  const bytes = buffer(received);
  const [length, before] = [bytes.readUInt32LE(), BEFORE[bytes.readUInt32LE(12)]];
  if (before === undefined || length > LONGEST || length < HEADER + before) return "foreign";
  return received.length < length ? "unfinished" : received.subarray(HEADER + before, length);
}
