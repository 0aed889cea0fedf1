import type { Profile, ProfileUsage } from "../../model/profile.ts";
import { bytesText, counted, countText } from "./report-words.ts";

/** What stands where a figure could not be learned. */
const UNKNOWN = "?";

/** How many flows; `?` where they could not be counted. */
export function flowsCell(flows: number | undefined): string {
  return flows === undefined ? UNKNOWN : countText(flows);
}

/** Bytes in one direction: `?` where none could be counted, `≥` before a lower bound. */
export function bytesCell(bytes: number | undefined, partial: boolean | undefined): string {
  if (bytes === undefined) return UNKNOWN;
  return (partial ? "≥" : "") + bytesText(bytes);
}

/** Sums figures of several rows that are printed as one: unknown only where all are, a lower bound where any is. */
export function summed(rows: ProfileUsage[]): Pick<ProfileUsage, "flows" | "bytesIn" | "bytesOut" | "bytesPartial"> {
  const sum = (key: "flows" | "bytesIn" | "bytesOut") => {
    const known = rows.map((row) => row[key]).filter((value) => value !== undefined);
    return known.length === 0 ? {} : { [key]: known.reduce((total, value) => total + value, 0) };
  };
  const someUnknown = rows.some((row) => row.bytesIn === undefined || row.bytesOut === undefined);
  const partial = someUnknown || rows.some((row) => row.bytesPartial);
  return { ...sum("flows"), ...sum("bytesIn"), ...sum("bytesOut"), ...(partial ? { bytesPartial: true } : {}) };
}

const FEATURES = 5;

/** The functions of the application that these rows belong to, where any were marked. */
export function featuresLine(rows: ProfileUsage[], sanitise: (text: string) => string): string[] {
  const features = [...new Set(rows.flatMap((row) => row.features))];
  if (features.length === 0) return [];
  const attribution = rows.flatMap((row) => row.attribution ?? []);
  const background =
    features.length > 1 && attribution.length > 0 && attribution.every(({ confidence }) => confidence === 0);
  const more = features.length > FEATURES ? `, ${counted(features.length - FEATURES, "other feature")}` : "";
  const named = features.slice(0, FEATURES).map((feature) => {
    const of = attribution.find((one) => one.feature === feature);
    return sanitise(feature) + (rows.length === 1 && of && of.of > 1 ? ` (${of.seenIn} of ${of.of})` : "");
  });
  return [`${background ? "in the background of" : "for"} ${named.join(", ")}${more}`];
}

/** Names processes by their pids, for the last column of a table. */
export type OwnerCell = (rows: { pids: number[]; evidence?: ProfileUsage["evidence"] }[]) => string;

/** `nginx 4711` for one process, `nginx (3)` for three of that name; without a process, why there is none. */
export function ownerCells(profile: Profile, sanitise: (text: string) => string): OwnerCell {
  const names = new Map(profile.processes.map((process) => [process.pid, sanitise(process.name)]));
  return (rows) => {
    const pids = [...new Set(rows.flatMap((row) => row.pids))];
    if (pids.length === 0) return nobody(rows);
    const byName = Map.groupBy(pids, (pid) => names.get(pid) ?? "pid");
    return [...byName]
      .sort((a, b) => b[1].length - a[1].length)
      .map(([name, of]) => (of.length === 1 ? `${name} ${of[0]}` : `${name} (${countText(of.length)})`))
      .join(", ");
  };
}

function nobody(rows: { evidence?: ProfileUsage["evidence"] }[]): string {
  const candidates = new Set(rows.flatMap((row) => row.evidence?.candidates ?? []));
  if (candidates.size > 0) return `one of ${[...candidates].join(", ")}`;
  return rows.some((row) => row.evidence?.source === "kernel") ? "the kernel" : UNKNOWN;
}
