import type { Peer } from "../peers.ts";
import { enterRoom, type Room } from "../room.ts";
import type { Bench } from "../row.ts";
import { type Started, start } from "../started.ts";

/** What the load says of itself: the truth, and its own time. */
export type Load = { pid: number; port: number; connections: number; microseconds: number };

/** What a counter made of a load. */
export type Count = {
  load: Load;
  /** Connections that it counted for the right process; for what names no process, connections. */
  counted: number;
  /** What it says of its own losses, or what it cannot tell. */
  remark?: string;
};

/** A program that watches a load, and how much of the load is asked of it. */
export type Counter = {
  name: string;
  peers: Peer[];
  /** Its share of the connections, where it is too slow for all. */
  share: number;
  watch(bench: Bench, room: Room, connections: number): Promise<Count>;
};

/** Runs `connections`, or its share of them, under `counter`, in a network namespace of its own. */
export async function countWith(counter: Counter, bench: Bench, connections: number): Promise<Count> {
  const room = await enterRoom();
  try {
    return await counter.watch(bench, room, Math.max(1, Math.round(connections * counter.share)));
  } finally {
    await room.leave();
  }
}

/** Starts a command line. */
export function startLine([command = "", ...args]: string[]): Started {
  return start(command, args);
}

/** What the load printed, once the program that runs it has ended well. */
export async function loadUnder(started: Started): Promise<Load> {
  const load = JSON.parse(await started.line((line) => line.startsWith('{"pid"'))) as Load;
  started.stdin.end();
  const { status, stderr } = await started.ended;
  if (status !== 0) throw new Error(`status ${status}: ${stderr.trim()}`);
  return load;
}

/** Nothing watches: what the load takes by itself. */
export const ALONE: Counter = {
  name: "nothing",
  peers: [],
  share: 1,
  async watch({ programs }, room, connections) {
    const load = await loadUnder(startLine(room.inside([programs.churn, String(connections)])));
    return { load, counted: 0 };
  },
};
