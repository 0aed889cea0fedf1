import type { CollectorEvent } from "../../../../model/event.ts";
import type { ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { bootTicksToMicros } from "../../owners/boot-time.ts";
import type { Facts } from "./follow.ts";
import type { Look } from "./look.ts";

/** Members of the scope as they come, become other programs, and go. */
export type Processes = {
  step(look: Look): { came: CollectorEvent[]; went: CollectorEvent[] };
  /** The key of a member of the last look. */
  key(pid: number): ProcessKey | undefined;
};

/** Follows the members of looks; `facts` is asked for each new one and after each exec. */
export function createProcesses(bootTime: Micros, facts: Facts): Processes {
  const known = new Map<number, { key: ProcessKey; program: string }>();
  const step = (look: Look) => {
    const came: CollectorEvent[] = [];
    const went: CollectorEvent[] = [];
    for (const [pid, { key }] of known) {
      const stat = look.members.get(pid);
      if (stat !== undefined && bootTicksToMicros(bootTime, stat.startTicks) === key.startedAt) continue;
      went.push({ kind: "exit", at: look.at, process: key });
      known.delete(pid);
    }
    for (const [pid, stat] of look.members) {
      const program = `${stat.image} ${stat.name}`;
      if (known.get(pid)?.program === program) continue;
      const key = { pid, startedAt: bootTicksToMicros(bootTime, stat.startTicks) };
      const process = facts(pid);
      // A process that ended since is told with what was seen of it; one whose pid was given again is not mixed up.
      const told = process?.startedAt === key.startedAt ? process : { ...key, name: stat.name };
      came.push({ kind: "process", at: look.at, process: told });
      known.set(pid, { key, program });
    }
    return { came, went };
  };
  return { step, key: (pid) => known.get(pid)?.key };
}
