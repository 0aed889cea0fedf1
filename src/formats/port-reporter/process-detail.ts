import { canonicalAddress } from "../../model/canonical-address.ts";
import type { Protocol } from "../../model/endpoint.ts";
import { endpointText } from "../../model/endpoint.ts";
import { type CivilTime, ctimeText } from "./civil-time.ts";
import { plain } from "./port-use.ts";

/** A row of the tables in PR-PIDS and PR-INITIAL: a port and the process that has it. */
export type PortMapping = {
  pid?: number;
  /** The file name of its program, which only the table of all processes has. */
  name?: string;
  protocol: Protocol;
  localPort: number;
  localAddress: string;
  /** TCP only, such as LISTENING or ESTABLISHED. */
  state?: string;
  remotePort?: number;
  remoteAddress?: string;
};

/** What PR-PIDS and PR-INITIAL tell of a process. */
export type ProcessDetail = {
  pid: number;
  /** The file name of its program. */
  name?: string;
  user?: string;
  services: string[];
  /** Files that it had loaded, its program first. */
  modules: string[];
};

const RULE = "=".repeat(54);
export const TABLE_HEADING = "PID\tPort\t\tLocal IP\tState\t\tRemote IP:Port";

/** A block about one process: when, who it is, its services, the ports at hand, and with `whole` what it had loaded. */
export function processBlock(
  { pid, name, user, services, modules }: ProcessDetail,
  mappings: readonly PortMapping[],
  { at, whole }: { at: CivilTime; whole: boolean },
): string {
  const lines = [
    RULE,
    `System Date: ${ctimeText(at)}`,
    "",
    `Process ID: ${pid}${name === undefined ? "" : ` (${plain(name)})`}`,
  ];
  if (whole) {
    lines.push("");
    if (user !== undefined) lines.push(`User context: ${plain(user)}`);
    for (const service of services) lines.push(`Service Name: ${plain(service)}`);
    if (services.length === 0) lines.push("Process doesn't appear to be a service");
  }
  lines.push("", TABLE_HEADING, ...mappings.map((mapping) => mappingText(mapping)), "");
  if (whole && modules.length > 0) lines.push("Loaded modules:", ...modules.map(plain), "");
  if (whole && modules.length === 0) lines.push("Could not access module information for this process", "");
  return `${lines.join("\r\n")}\r\n`;
}

/** A row of the table, in the one of all processes with the name of its own. */
export function mappingText(mapping: PortMapping, name?: string): string {
  const { pid = "", protocol, localPort, localAddress, state = "", remotePort = 0, remoteAddress } = mapping;
  const none =
    protocol === "udp" ? ":" : endpointText({ address: localAddress.includes(":") ? "::" : "0.0.0.0", port: 0 });
  const remote = remoteAddress === undefined ? none : endpointText({ address: remoteAddress, port: remotePort });
  return [
    name === undefined ? pid : `${pid}:${plain(name)}`,
    `${protocol.toUpperCase()} ${localPort}`,
    "",
    localAddress,
    state,
    "",
    remote,
  ].join("\t");
}

/** `PID:Process` or the pid alone, then protocol, port, address, a state of TCP, and the remote end. */
const ROW =
  /^\s*(?:(\d{1,10})(?::(.{0,260}?))?\s+)?(TCP|UDP)\s+(\d{1,5})\s+(\S+)\s+(?:([A-Z][A-Z0-9_ ]{0,30}?)\s+)?(\S*:\S*|\*)\s*$/;
const LONGEST_ROW = 1024;

/** Reads a row however its columns are set apart; undefined where it is none. */
export function readMapping(text: string): PortMapping | undefined {
  if (text.length > LONGEST_ROW) return undefined;
  const match = ROW.exec(text);
  if (!match) return undefined;
  const [, pid, name, protocol, localPort, local = "", state, remote = ""] = match;
  const localAddress = canonicalAddress(local);
  if (localAddress === undefined || Number(localPort) > 65535) return undefined;
  const [, remoteHost = "", remotePort] = /^\[?([^\]]*?)\]?:(\d{0,5})$/.exec(remote) ?? [];
  const remoteAddress = canonicalAddress(remoteHost);
  const isRemote = remoteAddress !== undefined && remoteAddress !== "0.0.0.0" && remoteAddress !== "::";
  return {
    ...(pid !== undefined && { pid: Number(pid) }),
    ...(name !== undefined && name !== "" && { name }),
    protocol: protocol === "TCP" ? "tcp" : "udp",
    localPort: Number(localPort),
    localAddress,
    ...(state !== undefined && { state }),
    ...(isRemote && { remoteAddress, ...(remotePort !== "" && { remotePort: Number(remotePort) }) }),
  };
}
