import type { Judgement } from "./result.ts";
import { ECONNREFUSED, ECONNRESET, errnoName } from "./socket/errno.ts";
import type { QueuedError } from "./socket/layout/error-queue.ts";

/** Messages of ICMP by type and code: destination unreachable (RFC 792, RFC 1122, RFC 1812), time exceeded. */
const ICMP: Record<string, string> = {
  "3.0": "network unreachable",
  "3.1": "host unreachable",
  "3.2": "protocol unreachable",
  "3.3": "port unreachable",
  "3.5": "source route failed",
  "3.6": "network unknown",
  "3.7": "host unknown",
  "3.8": "source host isolated",
  "3.9": "network administratively prohibited",
  "3.10": "host administratively prohibited",
  "3.11": "network unreachable for type of service",
  "3.12": "host unreachable for type of service",
  "3.13": "administratively prohibited",
  "3.14": "host precedence violation",
  "3.15": "precedence cutoff in effect",
  "11.0": "time to live exceeded",
  "11.1": "fragment reassembly time exceeded",
};

/** Messages of ICMPv6 by type and code (RFC 4443 section 3, RFC 8883). */
const ICMP6: Record<string, string> = {
  "1.0": "no route to destination",
  "1.1": "administratively prohibited",
  "1.2": "beyond scope of source address",
  "1.3": "address unreachable",
  "1.4": "port unreachable",
  "1.5": "source address failed policy",
  "1.6": "reject route to destination",
  "1.7": "error in source routing header",
  "1.8": "headers too long",
  "3.0": "hop limit exceeded",
  "3.1": "fragment reassembly time exceeded",
};

/** What errno says where no message was queued: by ip(7) and tcp(7), and by the kernel's icmp_err_convert. */
const MEANINGS: Record<string, string> = {
  EACCES: "administratively prohibited, or not permitted by this system",
  EADDRNOTAVAIL: "no local address to ask it from",
  EAFNOSUPPORT: "this system has no such address family",
  EHOSTDOWN: "host unknown",
  EHOSTUNREACH: "host unreachable",
  EINVAL: "this address cannot be asked",
  ENETDOWN: "network down",
  ENETUNREACH: "no route to the network",
  ENONET: "source host isolated",
  ENOPROTOOPT: "protocol unreachable",
  EOPNOTSUPP: "source route failed",
  EPERM: "not permitted by this system",
};

/** What the peer's own TCP says. */
export const CONNECTED: Judgement = { verdict: "listening", reason: "connected" };
export const RESET: Judgement = { verdict: "not-listening", reason: "reset" };

/** Whether a queued error says that nobody listens on the port, or tells of one that stands in the way. */
export function judgeError(error: QueuedError): Judgement {
  const names = error.origin === "icmp" ? ICMP : error.origin === "icmp6" ? ICMP6 : undefined;
  if (names === undefined) return judgeErrno(error.errno);
  const { type, code } = error;
  const reason = `icmp ${names[`${type}.${code}`] ?? `type ${type} code ${code}`}`;
  return { verdict: isPortUnreachable(error) ? "not-listening" : "filtered", reason };
}

/** ICMP's way of saying that no socket is bound there. */
function isPortUnreachable({ origin, type, code }: QueuedError): boolean {
  return (origin === "icmp" && type === 3 && code === 3) || (origin === "icmp6" && type === 1 && code === 4);
}

/** What an errno says, where the kernel queued no message: older ones do not for TCP. */
export function judgeErrno(errno: number): Judgement {
  // Reset after it was connected: somebody was there.
  if (errno === 0 || errno === ECONNRESET) return CONNECTED;
  if (errno === ECONNREFUSED) return RESET;
  const name = errnoName(errno);
  const meaning = MEANINGS[name];
  return { verdict: "filtered", reason: meaning === undefined ? name : `${meaning} (${name})`, unsent: true };
}

/** Nothing came back, `tries` times. */
export function silent(tries: number): Judgement {
  return { verdict: "filtered", reason: `no answer in ${tries} ${tries === 1 ? "try" : "tries"}` };
}
