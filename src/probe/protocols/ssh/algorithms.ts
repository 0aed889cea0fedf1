import { buffer } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { shown } from "../wire/text.ts";

const MSG_KEXINIT = 20;
const COOKIE = 16;
/** More names in one list are left out. */
const MOST_NAMES = 128;

/** What a server offers (RFC 4253 section 7.1); undefined where the payload is no SSH_MSG_KEXINIT. */
export function algorithms(payload: Uint8Array): { [name: string]: string[] } | undefined {
  return parsed(() => {
    const reader = new Reader(payload);
    if (reader.u8() !== MSG_KEXINIT) return undefined;
    reader.skip(COOKIE);
    const [keyExchange, hostKeys] = [names(reader), names(reader)];
    const [toServer, toClient] = [names(reader), names(reader)];
    const [macsToServer, macsToClient] = [names(reader), names(reader)];
    const [compressionToServer, compressionToClient] = [names(reader), names(reader)];
    return {
      keyExchange,
      hostKeys,
      ...bothWays("ciphers", toServer, toClient),
      ...bothWays("macs", macsToServer, macsToClient),
      ...bothWays("compression", compressionToServer, compressionToClient),
    };
  });
}

/** A name-list (RFC 4251 section 5). */
function names(reader: Reader): string[] {
  const text = buffer(reader.take(reader.u32())).toString("latin1");
  return text === "" ? [] : text.split(",", MOST_NAMES).map((name) => shown(name, 64));
}

/** One list where the server offers the same in both directions, as nearly all do. */
function bothWays(name: string, toServer: string[], toClient: string[]): { [name: string]: string[] } {
  const alike = toServer.join() === toClient.join();
  return { [name]: toServer, ...(!alike && { [`${name}ToClient`]: toClient }) };
}
