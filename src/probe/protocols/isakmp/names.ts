/** Names of the numbers in a reply, from IANA's registries for IKE; a number without a name is shown as it is. */
type Names = { [number: number]: string };

/** Exchanges of version 1 (RFC 2408 section 3.1) and 2 (RFC 7296 section 3.1). */
export const EXCHANGES: Names = {
  2: "main mode",
  4: "aggressive mode",
  5: "informational",
  34: "IKE_SA_INIT",
  37: "INFORMATIONAL",
};

/** Notifications of errors, of version 1 (RFC 2408 section 3.14.1). */
export const NOTIFIES_1: Names = {
  1: "INVALID-PAYLOAD-TYPE",
  5: "INVALID-MAJOR-VERSION",
  7: "INVALID-EXCHANGE-TYPE",
  14: "NO-PROPOSAL-CHOSEN",
  16: "PAYLOAD-MALFORMED",
  24: "AUTHENTICATION-FAILED",
  29: "UNSUPPORTED-EXCHANGE-TYPE",
};

/** Notifications of version 2 that answer the first message (RFC 7296 section 3.10.1 and the RFCs named there). */
export const NOTIFIES_2: Names = {
  1: "UNSUPPORTED_CRITICAL_PAYLOAD",
  5: "INVALID_MAJOR_VERSION",
  7: "INVALID_SYNTAX",
  14: "NO_PROPOSAL_CHOSEN",
  17: "INVALID_KE_PAYLOAD",
  16388: "NAT_DETECTION_SOURCE_IP",
  16389: "NAT_DETECTION_DESTINATION_IP",
  16390: "COOKIE",
  16404: "MULTIPLE_AUTH_SUPPORTED",
  16406: "REDIRECT_SUPPORTED",
  16418: "CHILDLESS_IKEV2_SUPPORTED",
  16430: "IKEV2_FRAGMENTATION_SUPPORTED",
  16431: "SIGNATURE_HASH_ALGORITHMS",
};

/** Transforms of version 2 (RFC 7296 section 3.3.2): encryption, functions, integrity. */
export const TRANSFORMS_2: { [kind: number]: Names } = {
  1: { 3: "3DES", 12: "AES-CBC", 20: "AES-GCM-16" },
  2: { 2: "HMAC-SHA1", 5: "HMAC-SHA2-256", 6: "HMAC-SHA2-384", 7: "HMAC-SHA2-512" },
  3: { 2: "HMAC-SHA1-96", 12: "HMAC-SHA2-256-128", 13: "HMAC-SHA2-384-192", 14: "HMAC-SHA2-512-256" },
};

/** Algorithms of version 1 (RFC 2409 appendix A). */
export const CIPHERS_1: Names = { 5: "3DES", 7: "AES-CBC" };
export const HASHES_1: Names = { 1: "MD5", 2: "SHA1", 4: "SHA2-256" };
export const AUTHENTICATIONS_1: Names = { 1: "pre-shared key", 3: "RSA signature" };

/** Groups of both versions (RFC 3526, RFC 5903, RFC 8031). */
export const GROUPS: Names = {
  2: "MODP-1024",
  5: "MODP-1536",
  14: "MODP-2048",
  15: "MODP-3072",
  16: "MODP-4096",
  19: "P-256",
  20: "P-384",
  21: "P-521",
  31: "Curve25519",
};

/** Vendor numbers of features: RFC 3706, RFC 3947, and the draft of XAUTH. */
export const VENDORS: { [id: string]: string } = {
  afcad71368a1f1c96b8696fc77570100: "dead peer detection",
  "4a131c81070358455c5728f20e95452f": "NAT traversal",
  "09002689dfd6b712": "XAUTH",
};

/** The name of `number`, or the number. */
export function named(names: Names | undefined, number: number): string {
  return names?.[number] ?? String(number);
}
