import type { FieldValue, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { join, u16 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { printable } from "./wire/text.ts";

/** TFTP (RFC 1350): asks to read a file that is not there. That it is not, or that it is: each proves the server. */
export const tftp: ProbeProtocol = {
  name: "tftp",
  services: ["tftp"],
  ports: [{ protocol: "udp", port: 69 }],
  // The server answers from a port of its own choice for each transfer (RFC 1350 section 4).
  answersFromAnyPort: true,
  udp: () => ({
    request: join(u16(READ), `${FILE}\0octet\0`),
    read: (datagram) => parsed(() => answer(datagram)),
  }),
};

/** The file that is asked for, as a server's log shows it. */
const FILE = "portolan-probe";

/** RFC 1350 section 5, and OACK of RFC 2347. */
const [READ, DATA, ERROR, OPTIONS] = [1, 3, 5, 6];

/** RFC 1350 appendix, and 8 of RFC 2347. */
const ERRORS = [
  "not defined",
  "file not found",
  "access violation",
  "disk full",
  "illegal operation",
  "unknown transfer",
  "file exists",
  "no such user",
  "options refused",
];

function answer(datagram: Uint8Array): ProbeAnswer | undefined {
  const reader = new Reader(datagram);
  const opcode = reader.u16();
  if (opcode === ERROR) return told({ reply: "error", ...error(reader) });
  // The first block of a file has the number 1 and at most 512 bytes (RFC 1350 section 2).
  if (opcode === DATA && reader.u16() === 1) return told({ reply: "data", bytes: reader.left });
  if (opcode === OPTIONS) return told({ reply: "options" });
  return undefined;
}

function told(fields: { [name: string]: FieldValue }): ProbeAnswer {
  return { protocol: "tftp", fields };
}

function error(reader: Reader): { [name: string]: FieldValue } {
  const code = reader.u16();
  const text = reader.take(reader.left);
  const end = text.indexOf(0);
  const message = printable(end < 0 ? text : text.subarray(0, end));
  return { code, meaning: ERRORS[code] ?? "unknown", message };
}
