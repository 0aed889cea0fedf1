import { BerReader, BerWriter } from "@ldapjs/asn1";
import { buffer } from "./bytes.ts";
import { Malformed } from "./reader.ts";

/** Tags of universal types (ITU-T X.690 section 8). */
export const [INTEGER, OCTETS, OID, ENUMERATED, SEQUENCE] = [0x02, 0x04, 0x06, 0x0a, 0x30];

/** No identifier of an object is longer, in bytes. */
const LONGEST_OID = 128;

/** One element of the Basic Encoding Rules: its tag, and what is inside. */
export class Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element with its tag and length. */
  readonly #whole: Buffer;

  constructor(whole: Buffer, start: number) {
    this.tag = whole[0] ?? 0;
    this.content = whole.subarray(start);
    this.#whole = whole;
  }

  /** The elements inside. */
  inside(): Elements {
    return new Elements(this.content);
  }

  /** The value of an integer of up to 32 bits, whatever its tag; below zero for a negative one. */
  integer(): number {
    if (this.content.length === 0 || this.content.length > 5) throw new Malformed("no integer of 32 bits");
    return new BerReader(this.#whole).readInt(this.tag);
  }

  /** The value of an integer that is never negative, such as TimeTicks of SNMP. */
  unsigned(): number {
    return this.integer() >>> 0;
  }

  /** The value of an object identifier, in dots. */
  oid(): string {
    if (this.content.length === 0 || this.content.length > LONGEST_OID) throw new Malformed("no object identifier");
    return new BerReader(this.#whole).readOID(this.tag) ?? "";
  }
}

/** Elements in a row. */
export class Elements {
  #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = buffer(bytes);
  }

  get left(): number {
    return this.#bytes.length;
  }

  /** The next element, which must have the `tag` where one is given. */
  next(tag?: number): Element {
    const length = elementLength(this.#bytes);
    if (length === undefined || length > this.#bytes.length) throw new Malformed("an element that is cut off");
    const whole = this.#bytes.subarray(0, length);
    if (tag !== undefined && whole[0] !== tag) throw new Malformed(`an element of type ${whole[0]}, not ${tag}`);
    this.#bytes = this.#bytes.subarray(length);
    return new Element(whole, length - contentLength(whole));
  }
}

/**
 * The length of the element that starts with `bytes`, its tag and length included; undefined where too few bytes are
 * there to tell. Throws `Malformed` at forms that neither LDAP nor SNMP uses: open lengths, and those beyond 31 bits.
 */
export function elementLength(bytes: Uint8Array): number | undefined {
  const reader = new BerReader(buffer(bytes));
  const start = contentStart(reader);
  return start === undefined ? undefined : start + reader.length;
}

function contentLength(whole: Buffer): number {
  const reader = new BerReader(whole);
  contentStart(reader);
  return reader.length;
}

function contentStart(reader: BerReader): number | undefined {
  let start: number | null;
  try {
    start = reader.readLength(1);
  } catch (error) {
    throw new Malformed("a length of a form that is not in use", { cause: error });
  }
  // The library adds four bytes up as a signed number.
  if (start !== null && reader.length < 0) throw new Malformed("a length beyond 31 bits");
  return start ?? undefined;
}

/** What `write` puts into one sequence. */
export function sequence(write: (writer: BerWriter) => void): Uint8Array {
  return element(SEQUENCE, write);
}

/** What `write` puts into one element of another tag. */
export function element(tag: number, write: (writer: BerWriter) => void): Uint8Array {
  const writer = new BerWriter();
  writer.startSequence(tag);
  write(writer);
  writer.endSequence();
  return writer.buffer;
}
