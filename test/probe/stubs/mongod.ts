/** A value of a document, as far as these stubs need them. */
type Value = string | number | boolean | bigint | Date | null | Value[] | { [name: string]: Value };

/** A document of BSON (bsonspec.org, version 1.1). */
export function bson(values: { [name: string]: Value }): Buffer {
  const elements = Object.entries(values).map(([name, value]) => {
    const [type, content] = encoded(value);
    return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), content]);
  });
  const inside = Buffer.concat([...elements, Buffer.of(0)]);
  return Buffer.concat([int32(4 + inside.length), inside]);
}

function encoded(value: Value): [type: number, content: Buffer] {
  if (value === null) return [0x0a, Buffer.alloc(0)];
  if (typeof value === "boolean") return [0x08, Buffer.of(value ? 1 : 0)];
  if (typeof value === "bigint") return [0x12, int64(value)];
  if (value instanceof Date) return [0x09, int64(BigInt(value.getTime()))];
  if (typeof value === "string") return [0x02, Buffer.concat([int32(value.length + 1), Buffer.from(`${value}\0`)])];
  if (Array.isArray(value)) return [0x04, bson(Object.fromEntries(value.entries()))];
  if (typeof value === "object") return [0x03, bson(value)];
  return Number.isInteger(value) ? [0x10, int32(value)] : [0x01, double(value)];
}

/** OP_REPLY with one document ("MongoDB Wire Protocol"). */
export function opReply(document: Buffer): Buffer {
  return message(1, Buffer.concat([int32(8), int64(0n), int32(0), int32(1), document]));
}

/** OP_MSG with one document. */
export function opMsg(document: Buffer): Buffer {
  return message(2013, Buffer.concat([int32(0), Buffer.of(0), document]));
}

function message(kind: number, body: Buffer): Buffer {
  return Buffer.concat([int32(16 + body.length), int32(7), int32(1), int32(kind), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}
