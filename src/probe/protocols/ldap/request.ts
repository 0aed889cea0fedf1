import { sequence } from "../wire/ber.ts";

/** Tags of a search (RFC 4511 section 4.5.1), and of the filter that is true where an attribute is present. */
const [SEARCH, PRESENT] = [0x63, 0x87];
/** An unbind request, which is a null (RFC 4511 section 4.3). */
const UNBIND = 0x42;
const BASE_OBJECT = 0;
const NEVER_DEREFERENCE = 0;

/** A search for the entry without a name, with its attributes of both kinds: the user's and the server's (RFC 3673). */
export function searchRootDse(id: number): Uint8Array {
  return sequence((writer) => {
    writer.writeInt(id);
    writer.startSequence(SEARCH);
    writer.writeString("");
    writer.writeEnumeration(BASE_OBJECT);
    writer.writeEnumeration(NEVER_DEREFERENCE);
    // No limit of size or time, and values as well as names.
    writer.writeInt(0);
    writer.writeInt(0);
    writer.writeBoolean(false);
    writer.writeString("objectClass", PRESENT);
    writer.startSequence();
    writer.writeString("*");
    writer.writeString("+");
    writer.endSequence();
    writer.endSequence();
  });
}

/** The end of the session that began with the search `id` (RFC 4511 section 4.3). */
export function unbind(id: number): Uint8Array {
  return sequence((writer) => {
    writer.writeInt(id + 1);
    writer.writeString("", UNBIND);
  });
}
