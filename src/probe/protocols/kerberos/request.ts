import type { BerWriter } from "@ldapjs/asn1";
import type { ProbeContext } from "../../protocol.ts";
import { element, INTEGER, SEQUENCE } from "../wire/ber.ts";
import { buffer } from "../wire/bytes.ts";
import { hex } from "../wire/text.ts";

const AS_REQ = 0x6a;
const [BIT_STRING, GENERALIZED_TIME, GENERAL_STRING] = [0x03, 0x18, 0x1b];
const [PRINCIPAL, SERVICE] = [1, 2];
/** AES with 256 and 128 bits, and RC4 for old servers (RFC 3962, RFC 4757). */
const ENCRYPTIONS = [18, 17, 23];

/**
 * The realm that a server of this name is likely to serve, which most are named after (RFC 4120 section 6.1); servers answer
 * for a realm that is not theirs, too.
 */
export function realmOf({ name }: ProbeContext): string {
  const domain = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*)$/.exec(name ?? "")?.[1];
  return (domain ?? "portolan.invalid").toUpperCase();
}

/** AS-REQ (RFC 4120 section 5.4.1) for a principal whose name is drawn by lot. */
export function request(context: ProbeContext): Uint8Array {
  const realm = realmOf(context);
  const number = buffer(context.nonce).readUInt32BE(12) & 0x7fff_ffff;
  return element(AS_REQ, (writer) => {
    writer.startSequence(SEQUENCE);
    field(writer, 1, () => writer.writeInt(5, INTEGER));
    field(writer, 2, () => writer.writeInt(10, INTEGER));
    field(writer, 4, () => {
      writer.startSequence(SEQUENCE);
      field(writer, 0, () => writer.writeBuffer(Buffer.alloc(5), BIT_STRING));
      field(writer, 1, () => principal(writer, PRINCIPAL, [`portolan-${hex(context.nonce.subarray(0, 8))}`]));
      field(writer, 2, () => writer.writeString(realm, GENERAL_STRING));
      field(writer, 3, () => principal(writer, SERVICE, ["krbtgt", realm]));
      field(writer, 5, () => writer.writeString("20370101000000Z", GENERALIZED_TIME));
      field(writer, 7, () => writer.writeInt(number, INTEGER));
      field(writer, 8, () => {
        writer.startSequence(SEQUENCE);
        for (const encryption of ENCRYPTIONS) writer.writeInt(encryption, INTEGER);
        writer.endSequence();
      });
      writer.endSequence();
    });
    writer.endSequence();
  });
}

function field(writer: BerWriter, number: number, write: () => void): void {
  writer.startSequence(0xa0 + number);
  write();
  writer.endSequence();
}

/** PrincipalName (RFC 4120 section 5.2.2). */
function principal(writer: BerWriter, type: number, names: string[]): void {
  writer.startSequence(SEQUENCE);
  field(writer, 0, () => writer.writeInt(type, INTEGER));
  field(writer, 1, () => {
    writer.startSequence(SEQUENCE);
    for (const name of names) writer.writeString(name, GENERAL_STRING);
    writer.endSequence();
  });
  writer.endSequence();
}
