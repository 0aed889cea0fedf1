import { NODE } from "../launcher.ts";
import { laps, medianOf, newRun, type Run, raceTable } from "../query/race.ts";
import { nmap, PORTOLAN } from "../query/scanners.ts";
import { enterRoom } from "../room.ts";
import type { Row, Verdict } from "../row.ts";
import { start } from "../started.ts";
import { figure, scaled } from "../statistics.ts";

/** Ports that are open, all over the range: 23 of them. */
const OPEN = Array.from({ length: 23 }, (_, index) => 11 + index * 2_797);
/** Megabytes. */
const MEMORY = 300;

/** `query` of every TCP port of this machine. */
export const query65535: Row = {
  name: "query-65535",
  title: "`query 127.0.0.1 -r 1:65535`",
  method:
    "The whole command, launcher included, text to a file, in a network namespace of its own in which 23 ports listen: each " +
    "of them, and no other, has to be in every answer. Both look for the name of the address too, unless told not to.",
  peers: ["nmap"],
  async run(bench) {
    const room = await enterRoom();
    try {
      const last = scaled(65_535, bench.scale, 100);
      const open = OPEN.filter((port) => port <= last);
      const [command = "", ...args] = room.inside([NODE, "-e", LISTENERS, JSON.stringify(open)]);
      const listeners = start(command, args);
      await listeners.line();
      const course = { room, address: "127.0.0.1", ports: `1-${last}`, open };
      const runs = [newRun(PORTOLAN), newRun(nmap()), newRun(nmap("-n"))];
      for (const run of runs) laps(bench, course, newRun(run.scanner), 1);
      for (let round = 1; round <= bench.repeat; round++) {
        bench.progress(`round ${round} of ${bench.repeat}`);
        for (const run of runs) laps(bench, course, run, 1);
      }
      listeners.stdin.end();
      await listeners.ended;
      const title = `${last} ports, ${open.length} of them open`;
      return { tables: [raceTable(title, runs)], verdicts: verdicts(runs), notes: [] };
    } finally {
      await room.leave();
    }
  },
};

const LISTENERS = `
const ports = JSON.parse(process.argv[1]);
let left = ports.length;
const hangUp = (socket) => socket.on("error", () => {}).destroy();
for (const port of ports) require("net").createServer(hangUp).listen(port, "127.0.0.1", () => {
  if (--left === 0) console.log("ready");
});
if (left === 0) console.log("ready");
process.stdin.on("end", () => process.exit()).resume();
`;

function verdicts([ours, peer]: readonly Run[]): Verdict[] {
  const mine = ours && medianOf(ours);
  const theirs = peer && medianOf(peer);
  const speed = { claim: `portolan query : ${peer?.scanner.name}`, target: "at most 1" };
  const memory = { claim: "memory of portolan query", target: `at most ${MEMORY} MB` };
  if (ours === undefined || mine === undefined) {
    const note = ours?.fault ?? "not measured";
    return [speed, memory].map((each) => ({ ...each, reached: false, note }));
  }
  const most = Math.max(...ours.memory);
  const held: Verdict = { ...memory, measured: `${figure(most)} MB`, reached: most <= MEMORY };
  if (theirs === undefined) return [{ ...speed, reached: false, note: peer?.fault ?? "not measured" }, held];
  return [{ ...speed, measured: figure(mine / theirs), reached: mine <= theirs }, held];
}
