import type { FieldValue } from "../../protocol.ts";
import { buffer } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

/** Connection.Start (AMQP 0-9-1, section 1.4.2.1 of the reference). */
const [CONNECTION, START] = [10, 10];
/** More properties are not read. */
const MOST = 64;

/** The properties that are told, and their names here. */
const TOLD: { [property: string]: string } = {
  product: "product",
  version: "version",
  platform: "platform",
  cluster_name: "cluster",
};

/** What a broker says first; undefined where the payload is another method. */
export function start(payload: Uint8Array): { [name: string]: FieldValue } | undefined {
  return parsed(() => {
    const reader = new Reader(payload);
    if (reader.u16() !== CONNECTION || reader.u16() !== START) return undefined;
    const speaks = `${reader.u8()}-${reader.u8()}`;
    const properties = reader.take(reader.u32());
    const mechanisms = printable(reader.take(reader.u32()));
    return { speaks, ...told(properties), mechanisms: mechanisms.split(" ").filter(Boolean) };
  });
}

/** The strings of a table (section 4.2.5.5), as far as it can be read. */
function told(table: Uint8Array): { [name: string]: FieldValue } {
  const fields: { [name: string]: FieldValue } = {};
  parsed(() => {
    const reader = new Reader(table);
    for (let i = 0; i < MOST && reader.left > 0; i++) {
      const property = buffer(reader.take(reader.u8())).toString("latin1");
      const value = text(reader);
      const name = Object.hasOwn(TOLD, property) ? TOLD[property] : undefined;
      if (name !== undefined && value !== undefined) fields[name] = value;
    }
  });
  return fields;
}

/** How long values of a fixed length are, by the letter of their type; all others have their length before them. */
const LENGTHS: { [type: string]: number } = {
  t: 1,
  b: 1,
  B: 1,
  s: 2,
  u: 2,
  I: 4,
  i: 4,
  f: 4,
  D: 5,
  l: 8,
  d: 8,
  T: 8,
  V: 0,
};

/** The next value where it is a string; undefined where it is another, which is passed over. */
function text(reader: Reader): string | undefined {
  const type = String.fromCharCode(reader.u8());
  const value = reader.take(LENGTHS[type] ?? reader.u32());
  return type === "S" ? printable(value) : undefined;
}
