import { remedy } from "../peers.ts";
import type { Bench } from "../row.ts";
import { type Count, type Counter, countWith } from "./counter.ts";

/** A count, or why there is none. */
export type Attempt = { count: Count } | { fault: string };

/** Lets `counter` watch the load once, if its programs are there. A counter that fails is told, and stops nothing. */
export async function attempt(bench: Bench, counter: Counter, connections: number): Promise<Attempt> {
  const missing = counter.peers.find((peer) => bench.missing.has(peer));
  if (missing !== undefined) return { fault: remedy(missing) };
  bench.progress(`${counter.name} watches ${connections} connections`);
  try {
    return { count: await countWith(counter, bench, connections) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
