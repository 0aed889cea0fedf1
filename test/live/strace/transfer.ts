import type { Endpoint } from "../../../src/model/endpoint.ts";
import type { Call } from "./call.ts";
import { endpointIn } from "./sockaddr.ts";

/** Payload that one call moved; `remote` is absent where the call names none. */
export type Transfer = { direction: "inbound" | "outbound"; bytes: number; remote?: Endpoint };

const outbound = new Set(["write", "writev", "pwritev2", "send", "sendto", "sendmsg", "sendmmsg", "sendfile"]);
const inbound = new Set(["read", "readv", "recv", "recvfrom", "recvmsg", "recvmmsg"]);

/** What `call` moved over its socket: one element per datagram for the calls that take several; empty when nothing. */
export function transfers(call: Call): Transfer[] {
  const direction = outbound.has(call.name) ? "outbound" : inbound.has(call.name) ? "inbound" : undefined;
  if (direction === undefined || call.value === undefined || call.value < 0) return [];
  if (/MSG_PEEK|MSG_ERRQUEUE/.test(call.arguments)) return [];
  if (call.name.endsWith("mmsg")) return messages(call, direction);
  return [transfer(direction, call.value, endpointIn(call.arguments))];
}

function messages(call: Call, direction: Transfer["direction"]): Transfer[] {
  const parts = call.arguments.split("{msg_hdr=").slice(1, 1 + (call.value ?? 0));
  return parts.map((part) => {
    const length = /msg_len=(\d+)/.exec(part)?.[1];
    if (length === undefined) throw new Error(`strace cut a ${call.name} short: ${call.arguments}`);
    return transfer(direction, Number(length), endpointIn(part));
  });
}

function transfer(direction: Transfer["direction"], bytes: number, remote: Endpoint | undefined): Transfer {
  return remote === undefined ? { direction, bytes } : { direction, bytes, remote };
}
