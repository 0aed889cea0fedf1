import type { Stat } from "../../owners/stat.ts";

/** Narrows all living processes to those of a family. */
export type Family = (living: ReadonlyMap<number, Stat>) => Map<number, Stat>;

/** The process `pid` as it is at the first look, and whoever descends from it. */
export function familyOf(pid: number): Family {
  let first = true;
  return createFamily((candidate) => {
    const found = first && candidate === pid;
    if (found) first = false;
    return found;
  });
}

/** Whoever descends from `pid`, but neither `pid` itself nor what it had started before the first look. */
export function childrenOf(pid: number): Family {
  const before = new Map<number, number>();
  const family = createFamily((candidate, stat) => stat.parent === pid && before.get(candidate) !== stat.startTicks);
  let first = true;
  return (living) => {
    if (!first) return family(living);
    first = false;
    for (const [candidate, stat] of living) if (stat.parent === pid) before.set(candidate, stat.startTicks);
    return family(living);
  };
}

/**
 * Founders and whoever descends from them. A process that was once seen in the family stays in it when its parent ends.
 * One that lost its parent before it was seen is known by its session or process group, where a member of the family
 * founded that: the kernel gives no pid again while a group bears it.
 */
function createFamily(isFounder: (pid: number, stat: Stat) => boolean): Family {
  /** Start of each member by pid, ended ones too; a pid that came back with another start is a stranger. */
  const seen = new Map<number, number>();
  return (living) => {
    const members = new Map<number, Stat>();
    const others = new Map<number, Stat>();
    for (const [pid, stat] of living) {
      if (seen.get(pid) === stat.startTicks) members.set(pid, stat);
      else others.set(pid, stat);
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const [pid, stat] of others) {
        const child = members.has(stat.parent) || seen.has(stat.session) || seen.has(stat.processGroup);
        if (!child && !isFounder(pid, stat)) continue;
        members.set(pid, stat);
        seen.set(pid, stat.startTicks);
        others.delete(pid);
        grown = true;
      }
    }
    return members;
  };
}
