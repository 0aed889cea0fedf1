import type { FieldValue } from "../../protocol.ts";
import { join, le32 } from "../wire/bytes.ts";
import { Malformed, parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";
import { readTower } from "./tower.ts";
import { uuidText } from "./uuid.ts";

/** ept_lookup is the third operation of the interface (C706 appendix O). */
export const EPT_LOOKUP = 2;

/** The place in the list: a context handle, 20 bytes of zeros at its start. */
export const START = new Uint8Array(20);

/** What one question brought. */
export type Found = {
  /** How many endpoints came, and those of them that can be read. */
  count: number;
  endpoints: Endpoint[];
  /** Where the list goes on; undefined where it is over. */
  handle?: Uint8Array;
  /** What the mapper reports, where it is neither success nor the end of the list. */
  status?: number;
};

export type Endpoint = { [name: string]: FieldValue };

/** All elements, of all versions (C706 appendix O). */
const [ALL_ELEMENTS, ALL_VERSIONS] = [0, 1];
/** ept_s_not_registered: there are no more (C706 appendix E). */
const NO_MORE = 0x16c9a0d6;

/** An annotation has up to 64 characters, its zero included. */
const ANNOTATION = 64;
/** No tower is longer. */
const LONGEST_TOWER = 1024;

/** The arguments that ask for the next `most` endpoints from `handle` on. */
export function lookup(handle: Uint8Array, most: number): Uint8Array {
  const [object, interfaceId] = [le32(0), le32(0)];
  return join(le32(ALL_ELEMENTS), object, interfaceId, le32(ALL_VERSIONS), handle, le32(most));
}

/** Reads the results of `lookup`, as NDR lays them out (C706 section 14.3); undefined where they are none. */
export function readLookup(stub: Uint8Array, order: "big" | "little", most: number): Found | undefined {
  return parsed(() => {
    const reader = new Reader(stub, order);
    const handle = reader.take(START.length);
    const count = reader.u32();
    // How many there could be, from where on, and how many there are.
    reader.skip(8);
    const present = reader.u32();
    if (count !== present || count > most) throw new Malformed("more endpoints than were asked for");
    const entries = Array.from({ length: count }, () => entry(reader, order));
    // What entries point to follows all entries, in their order.
    const endpoints = entries.flatMap(({ pointer, ...rest }) => (pointer === 0 ? [] : endpoint(reader, rest)));
    reader.align(4);
    const status = reader.u32();
    const found = { count, endpoints };
    if (status === NO_MORE) return found;
    if (status !== 0) return { ...found, status };
    return handle.every((byte) => byte === 0) || count === 0 ? found : { ...found, handle };
  });
}

type Entry = { object: string; pointer: number; annotation: string };

function entry(reader: Reader, order: "big" | "little"): Entry {
  reader.align(4);
  const object = uuidText(reader.take(16), order);
  const pointer = reader.u32();
  reader.skip(4);
  const length = reader.u32();
  if (length > ANNOTATION) throw new Malformed("an annotation beyond its length");
  const text = reader.take(length);
  const end = text.indexOf(0);
  return { object, pointer, annotation: printable(end < 0 ? text : text.subarray(0, end)) };
}

function endpoint(reader: Reader, { object, annotation }: Omit<Entry, "pointer">): Endpoint[] {
  reader.align(4);
  reader.skip(4);
  const length = reader.u32();
  if (length > LONGEST_TOWER) throw new Malformed("a tower beyond any length");
  const tower = readTower(reader.take(length));
  if (tower === undefined) return [];
  const own = !/^[0-]+$/.test(object);
  return [{ ...tower, ...(annotation !== "" && { annotation }), ...(own && { object }) }];
}
