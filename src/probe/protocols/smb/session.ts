import { buffer, join, u16 } from "../wire/bytes.ts";

/** What precedes every message, of SMB over TCP too (RFC 1002 section 4.3.1, MS-SMB2 section 2.1): its type and length. */
export type Unit = { type: number; content: Uint8Array };

const HEADER = 4;
const [MESSAGE, REQUEST, ACCEPTED, REFUSED] = [0x00, 0x81, 0x82, 0x83];

/** `content` as a message of a session. */
export function message(content: Uint8Array): Uint8Array {
  return join(Uint8Array.of(MESSAGE, content.length >> 16, content.length >> 8, content.length), content);
}

/** The first unit of `received`; "foreign" where none has that type, or it is longer than `longest`. */
export function sessionUnit(received: Uint8Array, longest: number): Unit | "unfinished" | "foreign" {
  if (received.length < HEADER) return "unfinished";
  const type = received[0] ?? 0;
  if (![MESSAGE, ACCEPTED, REFUSED].includes(type)) return "foreign";
  const length = buffer(received).readUIntBE(1, 3);
  if (length > longest) return "foreign";
  if (received.length < HEADER + length) return "unfinished";
  return { type, content: received.subarray(HEADER, HEADER + length) };
}

/** A name that stands for any server of files (MS-CIFS section 2.1.1.2), and what kind of service it is. */
const SERVER = "*SMBSERVER";
const FILE_SERVER = 0x20;

/** A request for a session with whoever serves files there (RFC 1002 section 4.3.2). */
export function sessionRequest(): Uint8Array {
  const names = join(encoded(SERVER, FILE_SERVER), encoded("PORTOLAN", 0));
  return join(Uint8Array.of(REQUEST, 0), u16(names.length), names);
}

/** A name of 15 letters and a kind, each half byte as a letter (RFC 1001 section 14.1). */
function encoded(name: string, kind: number): Uint8Array {
  const bytes = join(name.padEnd(15), Uint8Array.of(kind));
  const letters = [...bytes].flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]);
  return Uint8Array.of(letters.length, ...letters, 0);
}

/** Codes of a refusal (RFC 1002 section 4.3.4). */
const REFUSALS: { [code: number]: string } = {
  128: "not listening on the called name",
  129: "not listening for the calling name",
  130: "called name not present",
  131: "insufficient resources",
  143: "unspecified error",
};

/** Why no session was granted; undefined where one was, "none" where the unit is no reply to a request. */
export function sessionRefusal({ type, content }: Unit): string | undefined {
  if (type === ACCEPTED) return undefined;
  const code = content[0];
  return type === REFUSED && code !== undefined ? (REFUSALS[code] ?? `error ${code}`) : "none";
}
