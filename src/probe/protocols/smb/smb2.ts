import type { FieldValue } from "../../protocol.ts";
import { uuidText } from "../rpc/uuid.ts";
import { buffer, same } from "../wire/bytes.ts";
import { flagNames } from "../wire/flags.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { contexts } from "./contexts.ts";
import { ANY_DIALECT, DIALECTS } from "./dialects.ts";
import { filetime } from "./filetime.ts";
import { mechanisms } from "./mechanisms.ts";

export type Smb2Negotiated = {
  fields: { [name: string]: FieldValue };
  /** Whether the server wants the dialects named again in a request of SMB 2. */
  wantsDialects: boolean;
};

const IDENTIFIER = Uint8Array.of(0xfe, 0x53, 0x4d, 0x42);
const NEGOTIATE = 0;
const RESPONSE = 0x0001;

/** What a server can do, by bit (MS-SMB2 section 2.2.4). */
const CAPABILITIES: [number, string][] = [
  [0x01, "DFS"],
  [0x02, "leasing"],
  [0x04, "large MTU"],
  [0x08, "multichannel"],
  [0x10, "persistent handles"],
  [0x20, "directory leasing"],
  [0x40, "encryption"],
  [0x80, "notifications"],
];

const [SIGNING_ENABLED, SIGNING_REQUIRED] = [1, 2];

/** Reads an answer to a negotiation (MS-SMB2 sections 2.2.1 and 2.2.4); undefined where it is none. */
export function smb2Fields(bytes: Uint8Array): Smb2Negotiated | undefined {
  return parsed(() => {
    const reader = new Reader(bytes, "little");
    if (!same(reader.take(4), IDENTIFIER)) return undefined;
    // Length of the header, and credits.
    reader.skip(4);
    const status = reader.u32();
    const command = reader.u16();
    reader.skip(2);
    if (command !== NEGOTIATE || (reader.u32() & RESPONSE) === 0) return undefined;
    reader.skip(44);
    if (status !== 0) {
      const code = `0x${status.toString(16).padStart(8, "0")}`;
      return { fields: { status: code }, wantsDialects: false };
    }
    return response(bytes, reader);
  });
}

function response(bytes: Uint8Array, reader: Reader): Smb2Negotiated {
  reader.skip(2);
  const mode = reader.u16();
  const dialect = reader.u16();
  const contextCount = reader.u16();
  const server = uuidText(reader.take(16));
  const capabilities = flagNames(reader.u32(), CAPABILITIES);
  // How long a transaction, a read and a write may be.
  reader.skip(12);
  const [time, started] = [filetime(reader), filetime(reader)];
  const [tokenStart, tokenLength, contextStart] = [reader.u16(), reader.u16(), reader.u32()];
  const authentication = mechanisms(bytes.subarray(tokenStart, tokenStart + tokenLength));
  const fields = {
    dialect: DIALECTS[dialect] ?? (dialect === ANY_DIALECT ? "2 or later" : `0x${dialect.toString(16)}`),
    server,
    signing: signing(mode),
    capabilities,
    ...(authentication !== undefined && { authentication }),
    ...(dialect === 0x0311 && contexts(buffer(bytes).subarray(contextStart), contextCount)),
    ...(time !== undefined && { time }),
    ...(started !== undefined && { startedAt: started }),
  };
  return { fields, wantsDialects: dialect === ANY_DIALECT };
}

function signing(mode: number): string {
  if ((mode & SIGNING_REQUIRED) !== 0) return "required";
  return (mode & SIGNING_ENABLED) !== 0 ? "enabled" : "disabled";
}
