import { join, u32 } from "../wire/bytes.ts";
import { attribute } from "./attributes.ts";
import { generic, message } from "./message.ts";

const VERSION = 0x10;
/** Identity protection, which IKE calls main mode (RFC 2408 section 3.1). */
const MAIN_MODE = 2;
const SA = 1;
/** The domain of interpretation of IPsec, and its only situation (RFC 2407 section 4.2). */
const [IPSEC, IDENTITY_ONLY] = [1, 1];
const KEY_IKE = 1;

/** Attributes of phase 1, and what is offered of each (RFC 2409 appendix A; AES by RFC 3602, SHA-256 by IANA). */
const [ENCRYPTION, HASH, AUTHENTICATION, GROUP, LIFE_TYPE, LIFE, KEY_LENGTH] = [1, 2, 3, 4, 11, 12, 14];
const CIPHERS = [{ id: 7, key: 256 }, { id: 7, key: 128 }, { id: 5 }];
const [SHA1, SHA256] = [2, 4];
const [SHARED_KEY, SIGNATURE] = [1, 3];
const [SECONDS, EIGHT_HOURS] = [1, 28_800];

/** The first message of main mode: one proposal with what servers commonly agree to (RFC 2409 section 5). */
export function mainMode(initiator: Uint8Array): Uint8Array {
  const offers = CIPHERS.flatMap(({ id, key }) =>
    [SHA1, SHA256].flatMap((hash) =>
      [14, 2].flatMap((group) =>
        [SHARED_KEY, SIGNATURE].map((way) =>
          join(
            ...[attribute(ENCRYPTION, id), ...(key ? [attribute(KEY_LENGTH, key)] : []), attribute(HASH, hash)],
            ...[attribute(AUTHENTICATION, way), attribute(GROUP, group)],
            ...[attribute(LIFE_TYPE, SECONDS), attribute(LIFE, EIGHT_HOURS)],
          ),
        ),
      ),
    ),
  );
  const transforms = offers.map((attributes, i) => {
    const next = i + 1 === offers.length ? 0 : 3;
    return generic(next, join(Uint8Array.of(i + 1, KEY_IKE, 0, 0), attributes));
  });
  // Proposal 1, for ISAKMP itself, without an SPI (RFC 2408 section 3.5).
  const proposal = generic(0, join(Uint8Array.of(1, 1, 0, offers.length), ...transforms));
  return message(initiator, VERSION, MAIN_MODE, 0, [
    { type: SA, body: join(u32(IPSEC), u32(IDENTITY_ONLY), proposal) },
  ]);
}
