import { setTimeout as pause } from "node:timers/promises";
import type { Room } from "../room.ts";
import type { Bench } from "../row.ts";
import type { Started } from "../started.ts";
import { type Counter, loadUnder, startLine } from "./counter.ts";

/** Connections are tracked in a namespace only where a rule asks for it. */
const TABLE = "add table inet bench; add chain inet bench out { type filter hook output priority 0; }";
const RULES = `${TABLE}; add rule inet bench out ct state new accept`;

/** How long one more connection is waited for, and how often, before events are taken to stay away. */
const PATIENCE_MILLISECONDS = 500;
const ATTEMPTS = 20;

/** Events of connections, without their processes. */
export const CONNTRACK: Counter = {
  name: "conntrack -E",
  peers: ["conntrack", "nft"],
  share: 1,
  async watch(bench, room, connections) {
    await ruled(room);
    const events = startLine(room.inside(["conntrack", "-E", "-e", "NEW"]));
    try {
      await oneMore(bench, room, events);
      const load = await loadUnder(startLine(room.inside([bench.programs.churn, String(connections)])));
      // Events come in order: when a later one is here, so is all that will come of the load.
      await oneMore(bench, room, events);
      const counted = events.lines.filter((line) => line.includes(` dport=${load.port} `)).length;
      const losing = events.stderr().includes("ENOBUFS") ? "; says it is losing events" : "";
      return { load, counted, remark: `names no process${losing}` };
    } finally {
      events.kill("SIGKILL");
      await events.ended;
    }
  },
};

async function ruled(room: Room): Promise<void> {
  const rules = startLine(room.inside(["nft", RULES]));
  const { status, stderr } = await rules.ended;
  if (status !== 0) throw new Error(`nft: ${stderr.trim()}`);
}

/** Makes single connections until one of them is reported. */
async function oneMore(bench: Bench, room: Room, events: Started): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = events.lines.length;
    const { port } = await loadUnder(startLine(room.inside([bench.programs.churn, "1"])));
    const reported = events.line((line) => line.includes(` dport=${port} `), before).then(() => true);
    // Where it is never reported, it is waited for until the program ends, and then nobody listens any more.
    reported.catch(() => {});
    if (await Promise.race([reported, pause(PATIENCE_MILLISECONDS, false, { ref: false })])) return;
  }
  throw new Error("conntrack reported no event");
}
