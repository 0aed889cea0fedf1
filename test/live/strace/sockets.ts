import { endpointText } from "../../../src/model/endpoint.ts";
import type { FailedBind } from "../picture.ts";
import type { Call } from "./call.ts";
import { endpointIn } from "./sockaddr.ts";
import { emptySocket, socketOf, type TracedSocket } from "./socket.ts";
import { transfers } from "./transfer.ts";

/** Every TCP and UDP socket of a trace by its inode, and the binds that failed. */
export type Traced = { sockets: Map<number, TracedSocket>; failedBinds: FailedBind[] };

/** Follows the sockets of a trace through `calls`, in order. */
export function follow(calls: Call[]): Traced {
  const traced: Traced = { sockets: new Map(), failedBinds: [] };
  for (const call of calls) {
    if (call.name === "socket" && call.returnedInode !== undefined) {
      const made = socketOf(call.arguments);
      if (made !== undefined) traced.sockets.set(call.returnedInode, made);
      continue;
    }
    const socket = call.inode === undefined ? undefined : traced.sockets.get(call.inode);
    if (socket !== undefined) step(traced, socket, call);
  }
  return traced;
}

function step(traced: Traced, socket: TracedSocket, call: Call): void {
  const named = endpointIn(call.arguments);
  if (call.name === "bind" && named !== undefined) {
    if (call.error === undefined) socket.asked = named;
    else traced.failedBinds.push({ protocol: socket.protocol, ...named, error: call.error });
  } else if (call.name === "listen") {
    if (call.value === 0) socket.listening = true;
  } else if (call.name === "getsockname") {
    if (named !== undefined) socket.local = named;
  } else if (call.name === "getpeername") {
    if (named !== undefined) socket.remote ??= named;
  } else if (call.name === "accept" || call.name === "accept4") {
    if (call.returnedInode !== undefined) {
      const accepted = emptySocket("tcp", socket.family);
      if (call.inode !== undefined) accepted.acceptedFrom = call.inode;
      if (named !== undefined) accepted.remote = named;
      accepted.outcome = "established";
      traced.sockets.set(call.returnedInode, accepted);
    }
  } else if (call.name === "connect") connect(socket, call);
  else if (call.name.startsWith("send") && call.arguments.includes("MSG_FASTOPEN")) {
    // A connection that its first data opens (tcp(7)).
    connect(socket, call);
    move(socket, call);
  } else if (call.name === "getsockopt") settle(socket, call);
  else move(socket, call);
}

function connect(socket: TracedSocket, call: Call): void {
  const named = endpointIn(call.arguments);
  if (socket.protocol === "udp") {
    // A datagram socket's connect only sets the peer; AF_UNSPEC takes it away again (connect(2)).
    if (call.value === 0) {
      if (named === undefined) delete socket.remote;
      else socket.remote = named;
    }
    return;
  }
  if (named === undefined) return;
  if ((call.value !== undefined && call.value >= 0) || call.error === "EISCONN") {
    socket.remote = named;
    socket.outcome = "established";
  } else if (call.error === "EINPROGRESS" || call.error === "EALREADY" || call.value === undefined) {
    socket.remote = named;
    socket.outcome = "pending";
  } else socket.refused.push(named);
}

/** getsockopt(SO_ERROR) is where a non-blocking connect tells how it ended. */
function settle(socket: TracedSocket, call: Call): void {
  const error = /SO_ERROR, \[(\w+)\]/.exec(call.arguments)?.[1];
  if (error === undefined || socket.outcome !== "pending") return;
  socket.outcome = error === "0" ? "established" : "failed";
}

function move(socket: TracedSocket, call: Call): void {
  for (const { direction, bytes, remote: named } of transfers(call)) {
    if (socket.protocol === "tcp") {
      if (socket.outcome === "pending") socket.outcome = "established";
      socket[direction === "inbound" ? "bytesIn" : "bytesOut"] += bytes;
      continue;
    }
    const remote = named ?? socket.remote;
    if (remote === undefined) continue;
    const key = endpointText(remote);
    const exchange = socket.exchanges.get(key) ?? { direction, remote, bytesIn: 0, bytesOut: 0 };
    exchange[direction === "inbound" ? "bytesIn" : "bytesOut"] += bytes;
    socket.exchanges.set(key, exchange);
  }
}
