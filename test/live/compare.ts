import { realpathSync } from "node:fs";
import { type Endpoint, endpointText, type Protocol } from "../../src/model/endpoint.ts";
import type { Picture } from "./picture.ts";

/** Names for the ports that one staging used: a range is one class, such as a server's passive data ports. */
export type Roles = { name: string; from: number; to: number }[];

/** Two stagings of one program never use the same ports: what is compared are these lines, with roles for ports. */
export type Lines = { listens: string[]; connects: string[]; failedBinds: string[]; executables: string[] };

/** `picture` as sorted lines without repetitions; any port without a role that the kernel gave is `ephemeral`. */
export function lines(picture: Picture, roles: Roles): Lines {
  const endpoint = (protocol: Protocol, at: Endpoint, system: boolean) =>
    `${protocol} ${endpointText({ address: at.address, port: 0 }).slice(0, -1)}${portName(at.port, roles, system)}`;
  return {
    listens: unique(
      picture.listens.map((listen) => {
        const by = listen.portChosenBy;
        const peers = [...new Set(listen.peers.map((peer) => peer.address))].sort();
        const from = peers.length === 0 ? "nobody" : peers.join(", ");
        return `${endpoint(listen.protocol, listen, by === "system")} chosen by ${by}, used from ${from}`;
      }),
    ),
    connects: unique(
      picture.connects.map(({ protocol, remote, flows, failed }) => {
        const results = [flows > 0 ? "established" : "", failed > 0 ? "failed" : ""].filter(Boolean).join(" and ");
        return `${endpoint(protocol, remote, false)} ${results}`;
      }),
    ),
    executables: unique(
      picture.processes
        .map(({ executable }) => executable ?? "")
        .filter(Boolean)
        .map(resolved),
    ),
    failedBinds: unique(picture.failedBinds.map((bind) => `${endpoint(bind.protocol, bind, false)} ${bind.error}`)),
  };
}

/** Flows of `picture` by the same names, for programs that do the same number of things every time. */
export function counts(picture: Picture, roles: Roles): Record<string, { flows: number; failed: number }> {
  const sums: Record<string, { flows: number; failed: number }> = {};
  const add = (key: string, flows: number, failed: number) => {
    const sum = sums[key] ?? { flows: 0, failed: 0 };
    sums[key] = { flows: sum.flows + flows, failed: sum.failed + failed };
  };
  for (const { protocol, port, portChosenBy, flows } of picture.listens) {
    add(`${protocol} in ${portName(port, roles, portChosenBy === "system")}`, flows, 0);
  }
  for (const { protocol, remote, flows, failed } of picture.connects) {
    add(`${protocol} out ${portName(remote.port, roles, false)}`, flows, failed);
  }
  return sums;
}

/** Payload of `picture` by role and direction. */
export function bytes(picture: Picture, roles: Roles): Record<string, { bytesIn: number; bytesOut: number }> {
  const sums: Record<string, { bytesIn: number; bytesOut: number }> = {};
  const add = (key: string, one: { bytesIn: number; bytesOut: number }) => {
    const sum = sums[key] ?? { bytesIn: 0, bytesOut: 0 };
    sums[key] = { bytesIn: sum.bytesIn + one.bytesIn, bytesOut: sum.bytesOut + one.bytesOut };
  };
  for (const listen of picture.listens) {
    add(`${listen.protocol} in ${portName(listen.port, roles, listen.portChosenBy === "system")}`, listen);
  }
  for (const connect of picture.connects) {
    add(`${connect.protocol} out ${portName(connect.remote.port, roles, false)}`, connect);
  }
  return sums;
}

function portName(port: number, roles: Roles, system: boolean): string {
  const role = roles.find(({ from, to }) => port >= from && port <= to);
  if (role !== undefined) return `<${role.name}>`;
  // ip_local_port_range, as the kernel has it unless told otherwise (ip(7)).
  return system || (port >= 32768 && port <= 60999) ? "<ephemeral>" : String(port);
}

/** What strace shows was asked for and may be a link; what the kernel runs is its target. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function unique(all: string[]): string[] {
  return [...new Set(all)].sort();
}
