import type { Room } from "../room.ts";
import type { Bench } from "../row.ts";
import { start } from "../started.ts";
import type { Lister } from "./listers.ts";

/** Sockets that programs of ours hold open, and who holds how many. */
export type Held = {
  total: number;
  processes: { pid: number; sockets: number }[];
  release(): Promise<void>;
};

/** Opens `total` sockets in `processes` processes, more where the limit of open files demands it. */
export async function hold(bench: Bench, room: Room, total: number, processes: number): Promise<Held> {
  bench.progress(`opening ${total} sockets in ${processes} processes`);
  const [command = "", ...args] = room.inside([bench.programs.hold, String(total), String(processes)]);
  const holder = start(command, args);
  const truth = JSON.parse(await holder.line()) as Pick<Held, "processes">;
  return {
    ...truth,
    total,
    async release() {
      holder.stdin.end();
      await holder.ended;
    },
  };
}

/** What is wrong with a list of these sockets; undefined where each is there once, with its process. */
export function mistake(text: string, pidOf: Lister["pidOf"], held: Held): string | undefined {
  if (pidOf === undefined) return undefined;
  const seen = new Map(held.processes.map(({ pid }) => [pid, 0]));
  // Portolan also lists what others on this machine have open, in namespaces of their own. All that ours listen on begins
  // with 127.1.
  for (const line of text.split("\n")) {
    const pid = line.includes("127.1.") ? pidOf(line) : undefined;
    const before = pid === undefined ? undefined : seen.get(pid);
    if (pid !== undefined && before !== undefined) seen.set(pid, before + 1);
  }
  const lines = [...seen.values()].reduce((sum, count) => sum + count, 0);
  if (lines !== held.total) return `${lines} of ${held.total} sockets`;
  const wrong = held.processes.filter(({ pid, sockets }) => seen.get(pid) !== sockets);
  return wrong.length === 0 ? undefined : `wrong for ${wrong.length} of ${held.processes.length} processes`;
}
