import type { FieldValue } from "../../protocol.ts";
import { Reader } from "../wire/reader.ts";
import { readAttributes } from "./attributes.ts";
import { chain } from "./message.ts";
import { AUTHENTICATIONS_1, CIPHERS_1, GROUPS, HASHES_1, named, TRANSFORMS_2 } from "./names.ts";

type Fields = { [name: string]: FieldValue };

/** What proposals and transforms call the next one; any number but zero will do for the first. */
const [PROPOSAL, TRANSFORM] = [2, 3];

/** What a server of version 2 chose: one proposal with one transform of each kind (RFC 7296 section 3.3). */
export function chosen2(association: Uint8Array): Fields {
  const kinds = ["", "encryption", "prf", "integrity", "group"];
  const fields: Fields = {};
  for (const transform of transformsOf(new Reader(association))) {
    const reader = new Reader(transform);
    const kind = reader.u8();
    reader.skip(1);
    const id = reader.u16();
    const key = readAttributes(reader).get(14);
    const field = kinds[kind];
    if (field) fields[field] = withKey(named(kind === 4 ? GROUPS : TRANSFORMS_2[kind], id), key);
  }
  return fields;
}

/** What a server of version 1 chose: one transform, which holds all (RFC 2409 section 5). */
export function chosen1(association: Uint8Array): Fields {
  const reader = new Reader(association);
  // The domain, and its situation.
  reader.skip(8);
  const [transform] = transformsOf(reader);
  if (transform === undefined) return {};
  const inside = new Reader(transform);
  inside.skip(4);
  const attributes = readAttributes(inside);
  const name = (names: { [number: number]: string }, type: number) => {
    const number = attributes.get(type);
    return number === undefined ? undefined : named(names, number);
  };
  const encryption = name(CIPHERS_1, 1);
  const [hash, authentication, group] = [name(HASHES_1, 2), name(AUTHENTICATIONS_1, 3), name(GROUPS, 4)];
  return {
    ...(encryption && { encryption: withKey(encryption, attributes.get(14)) }),
    ...(hash && { hash }),
    ...(authentication && { authentication }),
    ...(group && { group }),
  };
}

/** The transforms of the first proposal: number, protocol, size of an SPI, and how many they are. */
function transformsOf(reader: Reader): Uint8Array[] {
  const [proposal] = chain(reader, PROPOSAL);
  if (proposal === undefined) return [];
  const inside = new Reader(proposal.body);
  inside.skip(2);
  const spi = inside.u8();
  const count = inside.u8();
  inside.skip(spi);
  return count === 0 ? [] : chain(inside, TRANSFORM).map(({ body }) => body);
}

function withKey(name: string, bits: number | undefined): string {
  return bits === undefined ? name : `${name}-${bits}`;
}
