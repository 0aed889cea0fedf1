import type { Conversation, FieldValue, ProbeProtocol } from "../protocol.ts";
import { join, u16 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";

/**
 * The Tabular Data Stream of Microsoft SQL Server (MS-TDS): its version, and whether it encrypts, in the exchange that comes
 * before a login. The conversation ends there.
 */
export const tds: ProbeProtocol = {
  name: "tds",
  services: ["ms-sql-s"],
  ports: [{ protocol: "tcp", port: 1433 }],
  tcp: conversation,
};

/** A packet (section 2.2.3.1): its type, a status, its length, and 4 bytes of no matter. */
const HEADER = 8;
const [PRELOGIN, REPLY] = [0x12, 0x04];
const LAST = 0x01;
/** A longer reply is none. */
const LONGEST = 4096;

/** Options of PRELOGIN (section 2.2.6.5). */
const [VERSION, ENCRYPTION, END] = [0, 1, 0xff];
/** More are not read. */
const MOST = 16;

const ENCRYPTIONS: { [value: number]: string } = { 0: "available", 1: "on", 2: "not available", 3: "required" };

/** Tells no version of a client, and would do without encryption: the server says whether it would, too. */
function prelogin(): Uint8Array {
  const values = join(new Uint8Array(6), Uint8Array.of(0));
  const start = 5 + 5 + 1;
  const table = join(
    ...[Uint8Array.of(VERSION), u16(start), u16(6)],
    ...[Uint8Array.of(ENCRYPTION), u16(start + 6), u16(1), Uint8Array.of(END)],
  );
  return join(
    Uint8Array.of(PRELOGIN, LAST),
    u16(HEADER + table.length + values.length),
    new Uint8Array(4),
    table,
    values,
  );
}

function conversation(): Conversation {
  return {
    first: prelogin(),
    next(received, ended) {
      if (received.length < HEADER) return ended ? { foreign: true } : { more: true };
      const length = ((received[2] ?? 0) << 8) | (received[3] ?? 0);
      if (received[0] !== REPLY || length < HEADER || length > LONGEST) return { foreign: true };
      if (received.length < length && !ended) return { more: true };
      const fields = parsed(() => options(received.subarray(HEADER, length)));
      return fields === undefined ? { foreign: true } : { answer: { protocol: "tds", fields } };
    },
  };
}

/** Each option is a type, and where in the message its value is, and how long. The first is the version. */
function options(payload: Uint8Array): { [name: string]: FieldValue } | undefined {
  const reader = new Reader(payload);
  const fields: { [name: string]: FieldValue } = {};
  for (let i = 0; i < MOST; i++) {
    const type = reader.u8();
    if (type === END) break;
    const start = reader.u16();
    const value = new Reader(payload.subarray(start, start + reader.u16()));
    if (type === VERSION) fields.version = version(value);
    if (type === ENCRYPTION) fields.encryption = encryption(value.u8());
  }
  return fields.version === undefined ? undefined : fields;
}

/** 16.0.1000: the numbers that SQL Server itself shows in front of its last one (section 2.2.6.5, UL_VERSION). */
function version(value: Reader): string {
  const [major, minor, build] = [value.u8(), value.u8(), value.u16()];
  return `${major}.${minor}.${build}`;
}

function encryption(value: number): string {
  return ENCRYPTIONS[value] ?? `value ${value}`;
}
