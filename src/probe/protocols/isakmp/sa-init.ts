import { join, u16 } from "../wire/bytes.ts";
import { attribute } from "./attributes.ts";
import { generic, message } from "./message.ts";

/** Payloads of version 2 (RFC 7296 section 3.2): security association, key exchange, nonce. */
const [SA, KE, NONCE] = [33, 34, 40];
const VERSION = 0x20;
const SA_INIT = 34;
const INITIATOR = 0x08;

/** Kinds of transforms (RFC 7296 section 3.3.2). */
const [ENCRYPTION, PRF, INTEGRITY, GROUP] = [1, 2, 3, 4];
const KEY_LENGTH = 14;

/** What is offered, by the numbers of IANA's registry "IKEv2 Parameters": AES-CBC and 3DES; AES-GCM; functions; groups. */
const CBC: Offer[] = [[12, 256], [12, 128], [3]].map(([id = 0, key]) => ({
  kind: ENCRYPTION,
  id,
  ...(key && { key }),
}));
const GCM: Offer[] = [256, 128].map((key) => ({ kind: ENCRYPTION, id: 20, key }));
const PRFS: Offer[] = [5, 6, 7, 2].map((id) => ({ kind: PRF, id }));
const INTEGRITIES: Offer[] = [12, 13, 14, 2].map((id) => ({ kind: INTEGRITY, id }));
const GROUPS: Offer[] = [14, 31, 19, 20, 21, 15, 16, 5, 2].map((id) => ({ kind: GROUP, id }));

type Offer = { kind: number; id: number; key?: number };

/** The group of the key: 2048 bits, which everybody must have (RFC 8247 section 2.4). */
const KEY_GROUP = 14;
const KEY_BYTES = 256;

/**
 * IKE_SA_INIT (RFC 7296 section 1.2). No secret belongs to its key: it only has to be a number below the group's prime.
 * A server that wants another group says so, and keeps nothing (section 1.3).
 */
export function saInit(initiator: Uint8Array, nonce: Uint8Array): Uint8Array {
  const proposals = [
    [...CBC, ...PRFS, ...INTEGRITIES, ...GROUPS],
    [...GCM, ...PRFS, ...GROUPS],
  ];
  const key = Uint8Array.from({ length: KEY_BYTES }, (_, i) => nonce[i % nonce.length] ?? 0);
  key[0] = 0x40;
  return message(initiator, VERSION, SA_INIT, INITIATOR, [
    { type: SA, body: join(...proposals.map((offers, i) => proposal(i + 1, i + 1 === proposals.length, offers))) },
    { type: KE, body: join(u16(KEY_GROUP), u16(0), key) },
    { type: NONCE, body: join(nonce, nonce) },
  ]);
}

/** A proposal for IKE itself, without an SPI (RFC 7296 section 3.3.1): 2 says that another one follows. */
function proposal(number: number, last: boolean, offers: Offer[]): Uint8Array {
  const transforms = offers.map((offer, i) => transform(offer, i + 1 === offers.length));
  return generic(last ? 0 : 2, join(Uint8Array.of(number, 1, 0, offers.length), ...transforms));
}

function transform({ kind, id, key }: Offer, last: boolean): Uint8Array {
  const length = key === undefined ? new Uint8Array() : attribute(KEY_LENGTH, key);
  return generic(last ? 0 : 3, join(Uint8Array.of(kind, 0), u16(id), length));
}
