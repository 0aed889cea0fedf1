import { Elements, OID, SEQUENCE } from "../wire/ber.ts";
import { parsed } from "../wire/reader.ts";

/** Ways to authenticate (MS-SPNG section 1.9, MS-NEGOEX). */
const MECHANISMS: { [oid: string]: string } = {
  "1.2.840.48018.1.2.2": "Kerberos (Microsoft)",
  "1.2.840.113554.1.2.2": "Kerberos",
  "1.2.840.113554.1.2.2.3": "Kerberos user to user",
  "1.3.6.1.4.1.311.2.2.10": "NTLM",
  "1.3.6.1.4.1.311.2.2.30": "NEGOEX",
};

/** Tags of a token of GSS-API (RFC 2743 section 3.1) and of what is inside (RFC 4178 section 4.2.1). */
const [TOKEN, FIRST] = [0x60, 0xa0];
/** More are not read. */
const MOST = 16;

/** The ways to authenticate that a token of SPNEGO offers; undefined where it is none. */
export function mechanisms(token: Uint8Array): string[] | undefined {
  return parsed(() => {
    const inside = new Elements(token).next(TOKEN).inside();
    // SPNEGO's own identifier.
    inside.next(OID);
    const offered = inside.next(FIRST).inside().next(SEQUENCE).inside().next(FIRST).inside().next(SEQUENCE).inside();
    const names: string[] = [];
    while (offered.left > 0 && names.length < MOST) {
      const oid = offered.next(OID).oid();
      names.push(MECHANISMS[oid] ?? oid);
    }
    return names;
  });
}
