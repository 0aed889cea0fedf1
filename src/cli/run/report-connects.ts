import { endpointText } from "../../model/endpoint.ts";
import type { Profile, ProfileConnect } from "../../model/profile.ts";
import { bytesCell, featuresLine, flowsCell, type OwnerCell, summed } from "./report-cells.ts";
import type { ReportRow, ReportTable } from "./report-table.ts";
import { counted, countText, errorText } from "./report-words.ts";

const ADDRESSES = 4;

/** The remote ports that the application used, or tried to; a name's addresses share one row. */
export function connectsTable(profile: Profile, owner: OwnerCell, sanitise: (text: string) => string): ReportTable {
  const byName = Map.groupBy(profile.connects, ({ protocol, name, remote }) =>
    JSON.stringify([protocol, remote.port, name ?? null, name === undefined ? remote.address : null]),
  );
  return {
    headings: { subject: "CONNECTS TO", figures: ["CONNECTIONS", "FAILED", "SENT", "RECEIVED"], owner: "PROCESS" },
    rows: [...byName.values()].sort(byUse).map((group) => row(group, owner, sanitise)),
  };
}

function byUse(a: ProfileConnect[], b: ProfileConnect[]): number {
  return use(b) - use(a);
}

function use(group: ProfileConnect[]): number {
  return group.reduce((sum, connect) => sum + (connect.flows ?? 0) + connect.failed, 0);
}

function row(group: ProfileConnect[], owner: OwnerCell, sanitise: (text: string) => string): ReportRow {
  const [first] = group;
  if (first === undefined) throw new Error("a group of connects holds at least one");
  const sums = group.length === 1 ? first : summed(group);
  const failed = group.reduce((sum, connect) => sum + connect.failed, 0);
  const { name, remote } = first;
  const where = name === undefined ? endpointText(remote) : `${sanitise(name)}:${remote.port}`;
  return {
    subject: `${first.protocol} ${sanitise(where)}`,
    figures: [
      flowsCell(sums.flows),
      failed === 0 ? "-" : countText(failed),
      bytesCell(sums.bytesOut, sums.bytesPartial),
      bytesCell(sums.bytesIn, sums.bytesPartial),
    ],
    owner: owner(group),
    below: [
      ...featuresLine(group, sanitise),
      ...(name === undefined ? [] : [addressesLine(group)]),
      ...errorsLine(group),
    ],
  };
}

function addressesLine(group: ProfileConnect[]): string {
  const addresses = [...new Set(group.map((connect) => connect.remote.address))];
  const more =
    addresses.length > ADDRESSES ? [counted(addresses.length - ADDRESSES, "more address", "more addresses")] : [];
  return `at ${[...addresses.slice(0, ADDRESSES), ...more].join(", ")}`;
}

function errorsLine(group: ProfileConnect[]): string[] {
  const counts = new Map<string, number>();
  for (const [error, count] of group.flatMap((connect) => Object.entries(connect.errors ?? {}))) {
    counts.set(error, (counts.get(error) ?? 0) + count);
  }
  if (counts.size === 0) return [];
  return [`failed: ${[...counts].map(([error, count]) => `${countText(count)} × ${errorText(error)}`).join(", ")}`];
}
