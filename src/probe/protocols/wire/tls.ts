import type { FieldValue, ProbeAnswer, TlsFacts } from "../../protocol.ts";
import { shown } from "./text.ts";

/** More names than that a certificate has only where nobody reads them. */
const MOST_NAMES = 128;

/** `answer` with what the handshake told in the field `tls`; as it is where nothing was encrypted. */
export function withTls(answer: ProbeAnswer, tls: TlsFacts | undefined): ProbeAnswer {
  if (tls === undefined) return answer;
  const { certificate, ...session } = tls;
  const facts = { ...strings(session), ...(certificate && { certificate: strings(certificate) }) };
  return { ...answer, fields: { ...answer.fields, tls: facts } };
}

/** The facts, with every string fit to be shown. */
function strings(facts: { [name: string]: string | boolean | string[] }): { [name: string]: FieldValue } {
  const entries = Object.entries(facts).map(([name, value]): [string, FieldValue] => {
    if (typeof value === "string") return [name, shown(value)];
    return [name, typeof value === "boolean" ? value : value.slice(0, MOST_NAMES).map((each) => shown(each))];
  });
  return Object.fromEntries(entries);
}
