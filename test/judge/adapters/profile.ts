import type { ProfileDocument } from "../../../src/model/documents/profile.ts";
import type { Seen } from "../seen.ts";

/** What a profile says. Only a profile that says it is whole can be right: its gaps count as wrong. */
export function seenInProfile(profile: ProfileDocument): Seen {
  const gaps = profile.gaps.map(({ reason, lost }) => (lost === undefined ? reason : `${reason} (${lost} lost)`));
  return {
    listens: profile.listens.map((row) => ({ ...row, ...usage(row) })),
    connects: profile.connects.map(({ protocol, remote, pids, failed, errors, evidence, ...row }) => ({
      protocol,
      remote,
      pids,
      failed,
      ...(errors === undefined ? {} : { errors }),
      evidence,
      ...usage(row),
    })),
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
function usage({ flows, bytesIn, bytesOut, bytesPartial }: Partial<ProfileDocument["connects"][number]>) {
  return {
    ...(flows === undefined ? {} : { flows }),
    ...(bytesIn === undefined || bytesPartial ? {} : { bytesIn }),
    ...(bytesOut === undefined || bytesPartial ? {} : { bytesOut }),
  };
}
