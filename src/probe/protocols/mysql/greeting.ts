import type { FieldValue } from "../../protocol.ts";
import { join, le32 } from "../wire/bytes.ts";
import { flagNames } from "../wire/flags.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

export type Greeting = {
  fields: { [name: string]: FieldValue };
  /** The server's version, or why it refuses. */
  text: string;
  encrypts: boolean;
};

const [VERSION_10, ERROR] = [0x0a, 0xff];

/** What a server can do, by bit ("Capabilities Flags"), as far as it tells servers apart. */
const CLIENT_SSL = 0x0800;
const CLIENT_MYSQL = 0x0001;
const CAPABILITIES: [number, string][] = [
  [0x0020, "compression"],
  [CLIENT_SSL, "TLS"],
  [0x0008_0000, "authentication plugins"],
  [0x0100_0000, "session tracking"],
  [0x0400_0000, "zstd compression"],
  [0x1000_0000, "query attributes"],
];

/** Reads the first packet of a server ("Protocol::HandshakeV10", "ERR_Packet"); undefined where it is none. */
export function greeting(payload: Uint8Array): Greeting | undefined {
  return parsed(() => {
    const reader = new Reader(payload, "little");
    const type = reader.u8();
    if (type === ERROR) return refusal(reader);
    return type === VERSION_10 ? handshake(reader) : undefined;
  });
}

/** Such as 1130: this machine is not allowed to connect; 1129: it failed too often; 1040: too many connections. */
function refusal(reader: Reader): Greeting {
  const code = reader.u16();
  const message = reader.take(reader.left);
  // A state of SQL, `#` and five characters, comes first only where the protocol is agreed on already.
  const text = printable(message[0] === 0x23 ? message.subarray(6) : message);
  return { fields: { errorCode: code, error: text }, text, encrypts: false };
}

/** MariaDB says it is 5.5.5 before its version, for replicas of MySQL that would not take it for new enough otherwise. */
const PRETENDED = "5.5.5-";

function handshake(reader: Reader): Greeting {
  const said = printable(reader.untilNul());
  const version = said.startsWith(PRETENDED) ? said.slice(PRETENDED.length) : said;
  // The number of the connection, and the first part of the challenge with its end.
  reader.skip(4 + 9);
  const low = reader.u16();
  const fields = { product: /mariadb/i.test(said) ? "MariaDB" : "MySQL", version };
  // Servers before 4.1 (2004) end here.
  if (reader.left < 16) return { fields, text: said, encrypts: (low & CLIENT_SSL) !== 0 };
  reader.skip(3);
  const capabilities = (low | (reader.u16() << 16)) >>> 0;
  const challenge = reader.u8();
  reader.skip(10);
  reader.skip(Math.min(Math.max(13, challenge - 8), reader.left));
  const plugin = printable(reader.untilNul());
  return {
    fields: {
      ...fields,
      // MariaDB 10.2 and later leaves a bit out that every server of MySQL has.
      ...((capabilities & CLIENT_MYSQL) === 0 && { product: "MariaDB" }),
      ...(plugin !== "" && { authentication: plugin }),
      capabilities: flagNames(capabilities, CAPABILITIES),
    },
    text: said,
    encrypts: (capabilities & CLIENT_SSL) !== 0,
  };
}

/** Protocol 4.1, TLS, secure connections, plugins ("Protocol::SSLRequest"). */
const ASKED = 0x0200 | CLIENT_SSL | 0x8000 | 0x0008_0000;
const LONGEST_PACKET = 1 << 24;
const UTF8 = 33;

/** Says that the connection goes on encrypted; the server answers with nothing and waits for the handshake. */
export function sslRequest(): Uint8Array {
  const payload = join(le32(ASKED), le32(LONGEST_PACKET), Uint8Array.of(UTF8), new Uint8Array(23));
  return join(Uint8Array.of(payload.length, 0, 0, 1), payload);
}
