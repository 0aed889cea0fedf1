import type { FieldValue } from "../../protocol.ts";
import { flagNames } from "../wire/flags.ts";
import { parsed, Reader } from "../wire/reader.ts";

/** What the server chose, and whether its next bytes are those of TLS. */
export type Negotiation = { fields: { [name: string]: FieldValue }; encrypted: boolean };

const CONFIRM = 0xd0;
/** Before the negotiation: length, type, two references and a class (X.224 section 13.4). */
const HEADER = 7;
const [RESPONSE, FAILURE] = [0x02, 0x03];

/** The protocols of security (MS-RDPBCGR section 2.2.1.2.1). */
const SECURITY: { [value: number]: string } = {
  0: "RDP",
  1: "TLS",
  2: "CredSSP",
  4: "RDSTLS",
  8: "CredSSP with early authorization",
  16: "Entra ID",
};

/** What the server can do beside, by bit. */
const ABILITIES: [number, string][] = [
  [0x01, "extended client data"],
  [0x02, "graphics pipeline"],
  [0x08, "restricted administration"],
  [0x10, "redirected authentication"],
];

/** Why there is no agreement (MS-RDPBCGR section 2.2.1.2.2). */
const FAILURES: { [code: number]: string } = {
  1: "TLS required",
  2: "TLS not allowed",
  3: "no certificate",
  4: "inconsistent flags",
  5: "CredSSP required",
  6: "TLS with a client certificate required",
};

/** Reads a connection confirmation; undefined where it is none. */
export function negotiation(bytes: Uint8Array): Negotiation | undefined {
  return parsed(() => {
    const reader = new Reader(bytes, "little");
    reader.skip(1);
    if ((reader.u8() & 0xf0) !== CONFIRM) return undefined;
    reader.skip(HEADER - 2);
    // A server that knows no negotiation, older than Windows Vista, confirms and says nothing more.
    if (reader.left === 0) return { fields: { security: "RDP", networkLevelAuthentication: false }, encrypted: false };
    const [type, flags] = [reader.u8(), reader.u8()];
    reader.skip(2);
    const value = reader.u32();
    if (type === FAILURE) {
      return { fields: { failure: FAILURES[value] ?? `failure ${value}` }, encrypted: false };
    }
    if (type !== RESPONSE) return undefined;
    const abilities = flagNames(flags, ABILITIES);
    const fields = {
      security: SECURITY[value] ?? `protocol ${value}`,
      networkLevelAuthentication: (value & 0x0a) !== 0,
      ...(abilities.length > 0 && { abilities }),
    };
    return { fields, encrypted: value !== 0 };
  });
}
