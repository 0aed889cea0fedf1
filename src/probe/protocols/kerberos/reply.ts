import type { FieldValue, ProbeAnswer } from "../../protocol.ts";
import { Elements, SEQUENCE } from "../wire/ber.ts";
import { buffer } from "../wire/bytes.ts";
import { parsed } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

const [AS_REP, KRB_ERROR] = [0x6b, 0x7e];

/** Codes with which a stranger's question is refused (RFC 4120 section 7.5.9). */
const ERRORS: { [code: number]: string } = {
  0: "KDC_ERR_NONE",
  3: "KDC_ERR_BAD_PVNO",
  6: "KDC_ERR_C_PRINCIPAL_UNKNOWN",
  7: "KDC_ERR_S_PRINCIPAL_UNKNOWN",
  12: "KDC_ERR_POLICY",
  14: "KDC_ERR_ETYPE_NOSUPP",
  18: "KDC_ERR_CLIENT_REVOKED",
  24: "KDC_ERR_PREAUTH_FAILED",
  25: "KDC_ERR_PREAUTH_REQUIRED",
  29: "KDC_ERR_SVC_UNAVAILABLE",
  31: "KRB_AP_ERR_BAD_INTEGRITY",
  37: "KRB_AP_ERR_SKEW",
  52: "KRB_ERR_RESPONSE_TOO_BIG",
  60: "KRB_ERR_GENERIC",
  68: "KDC_ERR_WRONG_REALM",
};

/** Tags of the fields of KRB-ERROR (RFC 4120 section 5.9.1). */
const [SERVER_TIME, SERVER_MICROSECONDS, CODE, CLIENT_REALM, REALM, TEXT] = [0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xab];

/**
 * Reads KRB-ERROR; undefined where the message is none. A ticket is a reply too, and nobody here could use it. Most servers
 * repeat the `asked` realm, whether they serve it or not: only another one tells something.
 */
export function readReply(message: Uint8Array, asked: string): ProbeAnswer | undefined {
  return parsed(() => {
    const outer = new Elements(message).next();
    if (outer.tag === AS_REP) return { protocol: "kerberos", fields: { ticket: true } };
    if (outer.tag !== KRB_ERROR) return undefined;
    const inside = outer.inside().next(SEQUENCE).inside();
    const fields: { [name: string]: FieldValue } = {};
    let time: string | undefined;
    let milliseconds = 0;
    while (inside.left > 0) {
      const { tag, content } = inside.next();
      const value = new Elements(content).next();
      if (tag === CODE) Object.assign(fields, code(value.integer()));
      else if (tag === REALM || tag === CLIENT_REALM) Object.assign(fields, realm(value.content, asked));
      else if (tag === TEXT) fields.message = printable(value.content);
      else if (tag === SERVER_TIME) time = buffer(value.content).toString("latin1");
      else if (tag === SERVER_MICROSECONDS) milliseconds = Math.floor(value.unsigned() / 1000) % 1000;
    }
    const at = time === undefined ? undefined : isoTime(time, milliseconds);
    return { protocol: "kerberos", fields: { ...fields, ...(at !== undefined && { time: at }) } };
  });
}

function realm(content: Uint8Array, asked: string): { [name: string]: FieldValue } {
  const said = printable(content);
  return said === asked ? {} : { realm: said };
}

function code(value: number): { [name: string]: FieldValue } {
  return { errorCode: value, error: ERRORS[value] ?? "unknown" };
}

/** KerberosTime, `20260131235959Z` (RFC 4120 section 5.2.3), as ISO 8601. */
function isoTime(text: string, milliseconds: number): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${String(milliseconds).padStart(3, "0")}Z`;
}
