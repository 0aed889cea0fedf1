import type { Mapping } from "../../app/portqry/local.ts";
import { percentText } from "./percent.ts";

/** Widths of the columns, which no copy of PortQry's output has kept: our own. */
const WIDTHS = { process: 24, pid: 8, port: 11, local: 24, state: 14 };

/** All mappings as `-local` prints them: by process where any is known, else by port. */
export function localLines(mappings: readonly Mapping[]): string[] {
  const known = mappings.some(({ process }) => process !== undefined);
  const heading = known
    ? ["TCP/UDP Port to Process Mappings", "", `${mappings.length} mappings found`]
    : ["TCP/UDP Port Usage", "", `${mappings.length} active ports found`];
  const process = known ? "PID:Process".padEnd(WIDTHS.process) : "";
  const rows = [...mappings].sort(known ? byProcess : byPort).map((mapping) => {
    const owner = known ? `${ownerText(mapping).padEnd(WIDTHS.process - 1)} ` : "";
    return owner + placeText(mapping);
  });
  return [...heading, "", process + HEADING, ...rows, "", ...statisticsLines(mappings)];
}

/** One process with its ports, its service and its modules, as verbose output and logs have it. */
export function processLines(mappings: readonly Mapping[]): string[] {
  const [first] = mappings;
  const process = first?.process;
  if (process === undefined) return [];
  const rows = [...mappings].sort(byPort).map((each) => `${String(process.pid).padEnd(WIDTHS.pid)}${placeText(each)}`);
  return [
    "======================================================",
    "",
    `Process ID: ${process.pid} (${process.name})`,
    "",
    ...(process.unit === undefined ? ["Process doesn't appear to be a service"] : [`Service Name: ${process.unit}`]),
    "",
    `${"PID".padEnd(WIDTHS.pid)}${HEADING}`,
    ...rows,
    "",
    ...statisticsLines(mappings),
    "",
    ...(process.modules === undefined
      ? ["Could not access module information for this process"]
      : ["Loaded modules:", ...process.modules]),
    "",
  ];
}

/** The processes of `mappings`, one after the other, under the heading that PortQry gives them. */
export function processesLines(mappings: readonly Mapping[]): string[] {
  const owned = mappings.filter(({ process }) => process !== undefined);
  const processes = Map.groupBy(owned, ({ process }) => process?.pid ?? 0);
  const blocks = [...processes].sort(([a], [b]) => a - b).flatMap(([, group]) => processLines(group));
  return ["Port and Module Information by Process", "", ...NOTE, "", ...blocks];
}

const NOTE = ["Note: processes of other users may keep information back", "from whoever is not root"];

const HEADING = `${"Port".padEnd(WIDTHS.port)}${"Local IP".padEnd(WIDTHS.local)}${"State".padEnd(WIDTHS.state)}Remote IP:Port`;

function placeText({ socket: { protocol, local, remote, state } }: Mapping): string {
  const port = `${protocol.toUpperCase()} ${local.port}`.padEnd(WIDTHS.port);
  const address = `${local.address.padEnd(WIDTHS.local - 1)} `;
  const wildcard = local.address.includes(":") ? "::" : "0.0.0.0";
  const far = remote ?? { address: wildcard, port: 0 };
  if (protocol === "udp" && remote === undefined) return `${port}${address}${"".padEnd(WIDTHS.state)}:`;
  return `${port}${address}${(protocol === "udp" ? "" : stateText(state)).padEnd(WIDTHS.state)}${far.address}:${far.port}`;
}

/** States in PortQry's words: `LISTENING`, `TIME WAIT`. */
function stateText(state: string): string {
  return state === "LISTEN" ? "LISTENING" : state.replaceAll("_", " ");
}

function ownerText({ process, socket }: Mapping): string {
  if (process !== undefined) return `${process.pid}:${process.name}`;
  return socket.evidence.source === "none" ? "0" : "?";
}

/** How many there are, and what share of the TCP ones is in which state. */
function statisticsLines(mappings: readonly Mapping[]): string[] {
  const tcp = mappings.filter(({ socket }) => socket.protocol === "tcp");
  const states = [...Map.groupBy(tcp, ({ socket }) => stateText(socket.state))];
  return [
    "Port Statistics",
    "",
    `TCP mappings: ${tcp.length}`,
    `UDP mappings: ${mappings.length - tcp.length}`,
    "",
    ...states.map(
      ([state, group]) => `TCP ports in a ${state} state: ${group.length} = ${percentText(group.length, tcp.length)}`,
    ),
  ];
}

function byProcess(a: Mapping, b: Mapping): number {
  return (a.process?.pid ?? 0) - (b.process?.pid ?? 0) || byPort(a, b);
}

/** TCP before UDP, then by address and port; without a process known, by port first. */
function byPort({ socket: a }: Mapping, { socket: b }: Mapping): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  return a.local.port - b.local.port || (a.local.address < b.local.address ? -1 : 1);
}
