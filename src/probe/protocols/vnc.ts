import type { Conversation, ProbeAnswer, ProbeProtocol, Step } from "../protocol.ts";
import { buffer, join } from "./wire/bytes.ts";
import { printable } from "./wire/text.ts";

/**
 * The Remote Framebuffer protocol of VNC (RFC 6143): its version, and the ways of security that the server offers. The
 * conversation ends before one is chosen. Some servers lock an address out for a while that connects often without
 * logging in.
 */
export const vnc: ProbeProtocol = {
  name: "vnc",
  services: ["vnc", "rfb"],
  ports: [5900, 5901, 5902].map((port) => ({ protocol: "tcp", port })),
  tcp: conversation,
};

/** `RFB 003.008\n` (section 7.1.1). */
const VERSION_LENGTH = 12;
/** The last version of the protocol, and the highest that is answered with. */
const NEWEST = "003.008";
/** A longer reason is cut off. */
const LONGEST_REASON = 1024;

function conversation(): Conversation {
  let version: string | undefined;
  return {
    next(received, ended) {
      if (version !== undefined) return security(received, ended, version);
      const said = buffer(received.subarray(0, VERSION_LENGTH)).toString("latin1");
      if (!"RFB ".startsWith(said.slice(0, 4))) return { foreign: true };
      if (said.length < VERSION_LENGTH) return ended ? { foreign: true } : { more: true };
      version = /^RFB (\d{3}\.\d{3})\n$/.exec(said)?.[1];
      if (version === undefined) return { foreign: true };
      if (ended) return { answer: answer(version, {}) };
      return { send: join(`RFB ${version < NEWEST ? version : NEWEST}\n`) };
    },
  };
}

/** Ways of security (RFC 6143 section 8.1.2, and IANA's "Remote Framebuffer Security Types"). */
const TYPES: { [type: number]: string } = {
  1: "none",
  2: "VNC password",
  5: "RA2",
  6: "RA2ne",
  16: "Tight",
  17: "Ultra",
  18: "TLS",
  19: "VeNCrypt",
  20: "SASL",
  21: "MD5 hash",
  22: "xvp",
  30: "Apple Remote Desktop",
  35: "Mac OSX",
  129: "RA256",
};

/** A list of ways (section 7.1.2), or none and a reason; before version 3.7 a single way in four bytes. */
function security(received: Uint8Array, ended: boolean, version: string): Step {
  const bytes = buffer(received);
  const old = version < "003.007";
  const [count, listStart] = old ? [1, 3] : [bytes[0], 1];
  const none = old ? bytes.length >= 4 && bytes.readUInt32BE() === 0 : count === 0;
  if (none) return refusal(bytes.subarray(old ? 4 : 1), ended, version);
  if (count === undefined || bytes.length < listStart + count) {
    return ended ? { answer: answer(version, {}) } : { more: true };
  }
  const types = [...bytes.subarray(listStart, listStart + count)];
  const names = types.map((type) => TYPES[type] ?? `type ${type}`);
  return { answer: answer(version, { security: names, open: types.includes(1) }) };
}

function refusal(bytes: Buffer, ended: boolean, version: string): Step {
  const length = bytes.length < 4 ? 4 : 4 + Math.min(bytes.readUInt32BE(), LONGEST_REASON);
  if (bytes.length < length && !ended) return { more: true };
  return { answer: answer(version, { refused: printable(bytes.subarray(4, length)) }) };
}

/** The version as people write it: 3.8. */
function answer(version: string, fields: ProbeAnswer["fields"]): ProbeAnswer {
  const [major, minor] = version.split(".").map(Number);
  return { protocol: "vnc", fields: { version: `${major}.${minor}`, ...fields } };
}
