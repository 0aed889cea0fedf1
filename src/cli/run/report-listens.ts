import { endpointText } from "../../model/endpoint.ts";
import type { Profile, ProfileListen, ProfilePeer } from "../../model/profile.ts";
import { bytesCell, featuresLine, flowsCell, type OwnerCell, summed } from "./report-cells.ts";
import type { ReportRow, ReportTable } from "./report-table.ts";
import { ROWS } from "./report-table.ts";
import { counted, countText } from "./report-words.ts";

/** Ports that the system chose differ from run to run: from this many on they are one row. */
const FOLD_SYSTEM = 3;
const PEERS = 5;

/** The ports that the application listened on. */
export function listensTable(profile: Profile, owner: OwnerCell, sanitise: (text: string) => string): ReportTable {
  const reach = Math.max(...profile.listens.map((listen) => reachText(listen).length), "REACH".length);
  return {
    headings: {
      subject: "LISTENS ON",
      figures: ["REACH".padEnd(reach), "CONNECTIONS", "RECEIVED", "SENT"],
      owner: "PROCESS",
    },
    rows: groups(profile.listens).map((group) => row(group, owner, sanitise, reach)),
  };
}

/** Listens that one row tells of: usually one; many where only the port's number differs and nobody chose it by hand. */
function groups(listens: ProfileListen[]): ProfileListen[][] {
  const alike = Map.groupBy(listens, (listen) => `${listen.protocol} ${listen.address} ${dynamicKey(listen)}`);
  return [...alike.values()].flatMap((group) => {
    const system = group[0]?.portChosenBy === "system";
    return group.length >= (system ? FOLD_SYSTEM : ROWS + 1) ? [group] : group.map((listen) => [listen]);
  });
}

function dynamicKey(listen: ProfileListen): string {
  // A program's own fixed ports below 1024 mean something each; many high ones are a pool.
  return listen.port < 1024 ? `port ${listen.port}` : (listen.portChosenBy ?? "unknown");
}

function row(group: ProfileListen[], owner: OwnerCell, sanitise: (text: string) => string, reach: number): ReportRow {
  const [first] = group;
  if (first === undefined) throw new Error("a group of listens holds at least one");
  const sums = group.length === 1 ? first : summed(group);
  return {
    subject: subjectOf(group, first),
    figures: [
      reachText(first).padEnd(reach),
      flowsCell(sums.flows),
      bytesCell(sums.bytesIn, sums.bytesPartial),
      bytesCell(sums.bytesOut, sums.bytesPartial),
    ],
    owner: owner(group),
    below: [...featuresLine(group, sanitise), ...portsLine(group, first), ...peersLine(group, sanitise)],
  };
}

function reachText({ exposure }: ProfileListen): string {
  return exposure === "network" ? "network" : "this machine";
}

function subjectOf(group: ProfileListen[], first: ProfileListen): string {
  if (group.length === 1) return `${first.protocol} ${endpointText(first)}`;
  const address = first.address.includes(":") ? `[${first.address}]` : first.address;
  return `${first.protocol} ${address}:dynamic`;
}

function portsLine(group: ProfileListen[], first: ProfileListen): string[] {
  if (group.length === 1) return first.portChosenBy === "system" ? ["the system chose this port"] : [];
  const ports = group.map((listen) => listen.port);
  const chooser = first.portChosenBy === "system" ? ", chosen by the system" : "";
  return [`${countText(group.length)} ports from ${Math.min(...ports)} to ${Math.max(...ports)}${chooser}`];
}

function peersLine(group: ProfileListen[], sanitise: (text: string) => string): string[] {
  const flows = new Map<string, ProfilePeer>();
  for (const peer of group.flatMap((listen) => listen.peers)) {
    flows.set(peer.address, { ...peer, flows: peer.flows + (flows.get(peer.address)?.flows ?? 0) });
  }
  const peers = [...flows.values()].sort((a, b) => b.flows - a.flows);
  const named = peers.slice(0, PEERS).map((peer) => `${peerName(peer, sanitise)} (${countText(peer.flows)})`);
  const more = peers.length > PEERS ? [counted(peers.length - PEERS, "other peer")] : [];
  const omitted = total(group.map((listen) => listen.peersOmitted));
  const unknown = total(group.map((listen) => listen.peersUnknown));
  const text = [
    ...named,
    ...more,
    ...(omitted > 0 ? [`peers not listed (${countText(omitted)})`] : []),
    ...(unknown > 0 ? [`peers not known (${countText(unknown)})`] : []),
  ];
  return text.length === 0 ? [] : [`from ${text.join(", ")}`];
}

function peerName(peer: ProfilePeer, sanitise: (text: string) => string): string {
  return sanitise(peer.name ?? peer.address);
}

function total(counts: (number | undefined)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
