import type { FieldValue } from "../../protocol.ts";
import { uuidText } from "../rpc/uuid.ts";
import { buffer, same } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { shown } from "../wire/text.ts";
import { filetime } from "./filetime.ts";
import { SMB1_DIALECTS } from "./request.ts";

const START = Uint8Array.of(0xff, 0x53, 0x4d, 0x42, 0x72);
const HEADER = 32;
/** How many words an answer in the dialect NT LM 0.12 has. */
const WORDS = 17;
const NONE = 0xffff;
const EXTENDED_SECURITY = 0x8000_0000;
const UNICODE = 0x8000;

/** Reads an answer of SMB 1 to a negotiation (MS-CIFS section 2.2.4.52.2); undefined where it is none. */
export function smb1Fields(bytes: Uint8Array): { [name: string]: FieldValue } | undefined {
  return parsed(() => {
    const reader = new Reader(bytes, "little");
    if (!same(reader.take(START.length), START)) return undefined;
    reader.skip(5);
    const flags2 = reader.u16();
    reader.skip(HEADER - 12);
    const words = reader.u8();
    const index = reader.u16();
    const dialect = index === NONE ? "none of SMB 1" : (SMB1_DIALECTS[index] ?? `number ${index}`);
    if (words !== WORDS) return { dialect };
    const mode = reader.u8();
    reader.skip(16);
    const capabilities = reader.u32();
    const time = filetime(reader);
    reader.skip(2);
    const challengeLength = reader.u8();
    const rest = reader.take(Math.min(reader.u16(), reader.left));
    return {
      dialect,
      signing: signing(mode),
      ...((capabilities & EXTENDED_SECURITY) !== 0
        ? { server: uuidText(new Reader(rest).take(16)) }
        : names(rest.subarray(challengeLength), (flags2 & UNICODE) !== 0)),
      ...(time !== undefined && { time }),
    };
  });
}

function signing(mode: number): string {
  if ((mode & 0x08) !== 0) return "required";
  return (mode & 0x04) !== 0 ? "enabled" : "disabled";
}

/** The domain and the server, each ended by a NUL (MS-SMB section 2.2.4.5.2.2). */
function names(bytes: Uint8Array, unicode: boolean): { [name: string]: FieldValue } {
  const [domain = "", name = ""] = buffer(bytes)
    .toString(unicode ? "utf16le" : "latin1")
    .split("\0", 2);
  return { ...(domain !== "" && { domain: shown(domain) }), ...(name !== "" && { name: shown(name) }) };
}
