import type { Stat } from "../../owners/stat.ts";

/**
 * Narrows all living processes to `ancestor` and whoever descends from it. A process that was once seen in the family
 * stays in it when its parent ends. One that lost its parent before it was seen is known by its session or process
 * group, where a member of the family founded that: the kernel gives no pid again while a group bears it.
 */
export function createFamily(ancestor: number): (living: ReadonlyMap<number, Stat>) => Map<number, Stat> {
  /** Start of each member by pid, ended ones too; a pid that came back with another start is a stranger. */
  const seen = new Map<number, number>();
  return (living) => {
    if (seen.size === 0) {
      const first = living.get(ancestor);
      if (first !== undefined) seen.set(ancestor, first.startTicks);
    }
    const members = new Map<number, Stat>();
    const others = new Map<number, Stat>();
    for (const [pid, stat] of living) {
      if (seen.get(pid) === stat.startTicks) members.set(pid, stat);
      else others.set(pid, stat);
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const [pid, stat] of others) {
        if (!members.has(stat.parent) && !seen.has(stat.session) && !seen.has(stat.processGroup)) continue;
        members.set(pid, stat);
        seen.set(pid, stat.startTicks);
        others.delete(pid);
        grown = true;
      }
    }
    return members;
  };
}
