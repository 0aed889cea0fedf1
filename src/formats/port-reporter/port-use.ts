import { canonicalAddress } from "../../model/canonical-address.ts";
import type { Protocol } from "../../model/endpoint.ts";
import { type CivilTime, civilTime, two } from "./civil-time.ts";
import { COLUMNS } from "./heading.ts";

/** One line of PR-PORTS: a port came into use. What a log leaves out is absent. */
export type PortUse = {
  at: CivilTime;
  protocol: Protocol;
  localPort: number;
  localAddress: string;
  /** Absent for a port that is only held open. */
  remotePort?: number;
  remoteAddress?: string;
  pid?: number;
  /** The file name of the program. */
  module?: string;
  user?: string;
};

/** A line that cannot be read, and why. */
export type Unreadable = { why: string };

const DATE_TIME = /^(\d{2}|\d{4})\/(\d{1,2})\/(\d{1,2})\t(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** Reads a line whose heading named `columns`, with zeros in front of numbers or without. */
export function readPortUse(text: string, columns: readonly string[] = COLUMNS): PortUse | Unreadable {
  const fields = fieldsOf(text, columns.length);
  if (fields.length !== columns.length) return { why: `${fields.length} columns instead of ${columns.length}` };
  const of = (name: string) => fields[columns.findIndex((column) => column.toLowerCase() === name)]?.trim() ?? "";
  const [, ...parts] = DATE_TIME.exec(`${of("date")}\t${of("time")}`) ?? [];
  const at = civilTime(parts);
  if (at === undefined) return { why: `"${of("date")},${of("time")}" is no time` };
  const protocol = of("protocol").toLowerCase();
  if (protocol !== "tcp" && protocol !== "udp") return { why: `"${of("protocol")}" is neither TCP nor UDP` };
  const localPort = numberOf(of("local port"), 65535);
  const localAddress = canonicalAddress(of("local ip address"));
  if (localPort === undefined) return { why: `"${of("local port")}" is no port` };
  if (localAddress === undefined) return { why: `"${of("local ip address")}" is no address` };
  const remote = remoteOf(of("remote port"), of("remote ip address"));
  if ("why" in remote) return remote;
  const pid = numberOf(of("pid"), 2 ** 32);
  if (pid === undefined && !NOTHING.has(of("pid"))) return { why: `"${of("pid")}" is no process` };
  const [module, user] = [of("module"), of("user context").replace(/^<(.*)>$/, "$1")];
  return {
    ...{ at, protocol, localPort, localAddress, ...remote },
    ...(pid !== undefined && { pid }),
    ...(module !== "" && { module }),
    ...(user !== "" && { user }),
  };
}

/** Program and user may hold commas; the user is in brackets then, and the program is whatever stands before. */
function fieldsOf(text: string, count: number): string[] {
  const fields = text.split(",");
  const user = text.lastIndexOf(",<");
  if (fields.length <= count || user === -1 || !text.trimEnd().endsWith(">")) return fields;
  const before = text.slice(0, user).split(",");
  return [...before.slice(0, count - 2), before.slice(count - 2).join(","), text.slice(user + 1)];
}

/** What stands for "none". */
const NOTHING = new Set(["", "*", "-"]);

function remoteOf(port: string, address: string): Pick<PortUse, "remotePort" | "remoteAddress"> | Unreadable {
  const remotePort = NOTHING.has(port) ? undefined : numberOf(port, 65535);
  if (remotePort === undefined && !NOTHING.has(port)) return { why: `"${port}" is no port` };
  const remoteAddress = NOTHING.has(address) ? undefined : canonicalAddress(address);
  if (remoteAddress === undefined && !NOTHING.has(address)) return { why: `"${address}" is no address` };
  // A listener's remote end is the wildcard; its port is empty, or whatever happened to be in memory.
  if (remoteAddress === undefined || remoteAddress === "0.0.0.0" || remoteAddress === "::") return {};
  return { remoteAddress, ...(remotePort !== undefined && { remotePort }) };
}

function numberOf(text: string, most: number): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

/**
 * The line that Port Reporter would write: `05/7/6,13:52:2,TCP,3389,172.16.16.150,1486,172.16.16.100,1096,svchost.exe,<USER>`.
 * A TCP listener's remote port is empty, a UDP port without a peer has `*,*`.
 */
export function portUseText(use: PortUse): string {
  const { at, protocol, localPort, localAddress, remotePort = "", remoteAddress, pid = "", module, user } = use;
  const wildcard = protocol === "udp" ? "*,*" : `,${localAddress.includes(":") ? "::" : "0.0.0.0"}`;
  return [
    `${two(at.year % 100)}/${at.month}/${at.day}`,
    `${at.hour}:${at.minute}:${at.second}`,
    protocol.toUpperCase(),
    localPort,
    localAddress,
    remoteAddress === undefined ? wildcard : `${remotePort},${remoteAddress}`,
    pid,
    plain(module),
    `<${plain(user)}>`,
  ].join(",");
}

/** A word that others chose, without what would end a field, a line or a bracket, and without what a terminal obeys. */
export function plain(text = ""): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp},<>]/gu, "?");
}
