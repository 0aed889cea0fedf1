import type { ProfileDocument } from "../../../src/model/documents/profile.ts";
import type { Seen } from "../seen.ts";

/** What a profile says. Only a profile that says it is whole can be right: its gaps count as wrong. */
export function seenInProfile(profile: ProfileDocument): Seen {
  const gaps = profile.gaps.map(({ reason, lost }) => (lost === undefined ? reason : `${reason} (${lost} lost)`));
  return {
    listens: profile.listens.map(counted),
    connects: profile.connects.map(counted),
    failedBinds: profile.failedBinds,
    processes: profile.processes.map(({ pid, executable, arguments: words }) => ({
      pid,
      ...(executable === undefined ? {} : { executable }),
      ...(words === undefined ? {} : { arguments: words }),
    })),
    gaps: [...gaps, ...(profile.complete || gaps.length > 0 ? [] : ["not complete, and no gap says why"])],
  };
}

/** Bytes of which only some could be counted are no answer. */
function counted<Row extends Pick<ProfileDocument["connects"][number], "bytesIn" | "bytesOut" | "bytesPartial">>(
  row: Row,
) {
  const { bytesIn, bytesOut, ...rest } = row;
  if (row.bytesPartial) return rest;
  return { ...rest, ...(bytesIn !== undefined && { bytesIn }), ...(bytesOut !== undefined && { bytesOut }) };
}
