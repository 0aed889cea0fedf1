import type { FieldValue, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { same } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { printable } from "./wire/text.ts";

/** NTP (RFC 5905): asks for the time as any client does, and learns how good it is and where it is from. */
export const ntp: ProbeProtocol = {
  name: "ntp",
  services: ["ntp"],
  ports: [{ protocol: "udp", port: 123 }],
  udp: ({ nonce }) => {
    // The server returns whatever the client gives as its own time (section 8), so it need not be one.
    const token = nonce.subarray(0, 8);
    const request = new Uint8Array(LENGTH);
    request[0] = (VERSION << 3) | CLIENT;
    request.set(token, LENGTH - token.length);
    return { request, read: (datagram) => parsed(() => answer(datagram, token)) };
  },
};

/** The header (RFC 5905 section 7.3). */
const LENGTH = 48;
const VERSION = 4;
const [CLIENT, SERVER] = [3, 4];

const LEAPS = ["none", "last minute has 61 seconds", "last minute has 59 seconds", "not synchronized"];

function answer(datagram: Uint8Array, token: Uint8Array): ProbeAnswer | undefined {
  const reader = new Reader(datagram);
  const first = reader.u8();
  const stratum = reader.u8();
  // The interval between polls, which is the client's own.
  reader.skip(1);
  const precision = (reader.u8() << 24) >> 24;
  const [delay, dispersion] = [milliseconds(reader), milliseconds(reader)];
  const reference = reader.take(4);
  const referenceTime = time(reader);
  if ((first & 7) !== SERVER || !same(reader.take(8), token)) return undefined;
  // When the request was received; the reply left no later than a moment after.
  reader.skip(8);
  const now = time(reader);
  const fields: { [name: string]: FieldValue } = {
    version: (first >> 3) & 7,
    leap: LEAPS[first >> 6] ?? "",
    stratum,
    ...source(stratum, reference),
    precisionSeconds: Number((2 ** precision).toPrecision(3)),
    rootDelayMilliseconds: delay,
    rootDispersionMilliseconds: dispersion,
    ...(referenceTime !== undefined && { referenceTime }),
    ...(now !== undefined && { time: now }),
  };
  return { protocol: "ntp", fields };
}

/**
 * Why it gives no time (RFC 5905 section 7.4), which clock it has (figure 12), or which server it follows: the IPv4
 * address, or four bytes of a hash of an IPv6 one, and nothing tells which of them.
 */
function source(stratum: number, reference: Uint8Array): { [name: string]: string } {
  if (stratum > 1) return { reference: reference.join(".") };
  const end = reference.indexOf(0);
  return { [stratum === 0 ? "kiss" : "reference"]: printable(end < 0 ? reference : reference.subarray(0, end)) };
}

/** 16 bits of seconds and 16 of fractions. */
function milliseconds(reader: Reader): number {
  return Math.round((reader.u32() / 2 ** 16) * 1e6) / 1e3;
}

/** 1900 to 1970, in seconds. */
const UNIX = 2_208_988_800;
/** After so many seconds, in 2036, the count begins anew; counts from before 1968 are therefore later ones (RFC 4330 section 3). */
const ERA = 2 ** 32;

/** A time as ISO 8601; undefined where it says that there is none. */
function time(reader: Reader): string | undefined {
  const [seconds, fraction] = [reader.u32(), reader.u32()];
  if (seconds === 0 && fraction === 0) return undefined;
  const since1900 = seconds < ERA / 2 ? seconds + ERA : seconds;
  return new Date((since1900 - UNIX) * 1000 + Math.floor((fraction / ERA) * 1000)).toISOString();
}
