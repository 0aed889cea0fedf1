import type { BerWriter } from "@ldapjs/asn1";
import { OCTETS, sequence } from "../wire/ber.ts";

/** What is asked about the system (RFC 3418 section 2), by the name of the field. */
export const SYSTEM: { [field: string]: string } = {
  sysDescr: "1.3.6.1.2.1.1.1.0",
  sysObjectID: "1.3.6.1.2.1.1.2.0",
  sysUpTime: "1.3.6.1.2.1.1.3.0",
  sysContact: "1.3.6.1.2.1.1.4.0",
  sysName: "1.3.6.1.2.1.1.5.0",
  sysLocation: "1.3.6.1.2.1.1.6.0",
};

/** GetRequest-PDU (RFC 3416 section 3). */
const GET = 0xa0;

/** A GET of version 1 (which the message calls 0) or 2c (which it calls 1; RFC 1901 section 3). */
export function get(version: 0 | 1, community: string, id: number, oids: string[]): Uint8Array {
  return sequence((writer) => {
    writer.writeInt(version);
    writer.writeString(community);
    pdu(writer, id, oids);
  });
}

/** Version 3: an empty question by a user without a name, to which an agent tells its engine (RFC 3414 section 4). */
export function discovery(id: number): Uint8Array {
  const security = sequence((writer) => {
    // Engine, boots and time are not known yet; no user, no authentication, no privacy (RFC 3414 section 2.4).
    writer.writeString("");
    writer.writeInt(0);
    writer.writeInt(0);
    for (let i = 0; i < 3; i++) writer.writeString("");
  });
  return sequence((writer) => {
    writer.writeInt(3);
    // Id, the longest message taken, flags (report errors), security model (by users; RFC 3412 section 6).
    writer.startSequence();
    writer.writeInt(id);
    writer.writeInt(65_507);
    writer.writeBuffer(Buffer.from([0x04]), OCTETS);
    writer.writeInt(3);
    writer.endSequence();
    writer.writeBuffer(Buffer.from(security), OCTETS);
    writer.startSequence();
    writer.writeString("");
    writer.writeString("");
    pdu(writer, id, []);
    writer.endSequence();
  });
}

function pdu(writer: BerWriter, id: number, oids: string[]): void {
  writer.startSequence(GET);
  writer.writeInt(id);
  // Error status and index.
  writer.writeInt(0);
  writer.writeInt(0);
  writer.startSequence();
  for (const oid of oids) {
    writer.startSequence();
    writer.writeOID(oid);
    writer.writeNull();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
}
