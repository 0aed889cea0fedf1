import type { ProbeAnswer } from "../../protocol.ts";
import { flagNames } from "../wire/flags.ts";
import { parsed, Reader } from "../wire/reader.ts";

const IPMI = 7;
/** The header of version 1.5, outside a session: its type, two numbers, and the length (section 13.6). */
const NO_SESSION = 10;
const [APPLICATION_REPLY, COMMAND] = [0x1c, 0x38];

/** Ways of authentication of version 1.5, by bit (section 22.13). */
const AUTHENTICATION: [number, string][] = [
  [0x01, "none"],
  [0x02, "MD2"],
  [0x04, "MD5"],
  [0x10, "password"],
  [0x20, "OEM"],
];
/** Users whom it lets in. */
const USERS: [number, string][] = [
  [0x01, "anonymous"],
  [0x02, "without a name"],
  [0x04, "named"],
];
const VERSIONS: [number, string][] = [
  [0x01, "1.5"],
  [0x02, "2.0"],
];
/** Whether the extended capabilities are told at all, which came with version 2.0. */
const EXTENDED = 0x80;

/** Reads the reply to Get Channel Authentication Capabilities (IPMI 2.0 section 22.13); undefined where it is none. */
export function readCapabilities(datagram: Uint8Array): ProbeAnswer | undefined {
  return parsed(() => {
    const reader = new Reader(datagram, "little");
    reader.skip(3);
    if (reader.u8() !== IPMI) return undefined;
    reader.skip(NO_SESSION);
    // To whom, what and a checksum; from whom, the number of the question, the command and what came of it.
    reader.skip(1);
    if ((reader.u8() & 0xfc) !== APPLICATION_REPLY) return undefined;
    reader.skip(3);
    if (reader.u8() !== COMMAND) return undefined;
    const completion = reader.u8();
    if (completion !== 0) return { protocol: "ipmi", fields: { ipmi: true, completionCode: completion } };
    const channel = reader.u8();
    const [types, status, extended] = [reader.u8(), reader.u8(), reader.u8()];
    const fields = {
      ipmi: true,
      channel,
      versions: (types & EXTENDED) === 0 ? ["1.5"] : flagNames(extended, VERSIONS),
      authentication: flagNames(types, AUTHENTICATION),
      users: flagNames(status, USERS),
      manufacturer: reader.u8() | (reader.u8() << 8) | (reader.u8() << 16),
    };
    return { protocol: "ipmi", fields };
  });
}
