import { enterRoom } from "../room.ts";
import type { Row } from "../row.ts";
import { hold } from "../snapshot/held.ts";
import { lsof, netstat, PORTOLAN, ss } from "../snapshot/listers.ts";
import { race } from "../snapshot/race.ts";
import { raceResult } from "../snapshot/result.ts";
import { scaled } from "../statistics.ts";

const PROCESSES = 5;

/** `ls` on a machine with very many sockets in few processes. */
export const ls110000: Row = {
  name: "ls-110000",
  title: "`ls` of 110,000 sockets in 5 processes",
  method:
    "As `ls-30000`. The peers list TCP only, Portolan everything. Where the limit of open files cannot be raised to 22,000, " +
    "the sockets are spread over as few more processes as it allows.",
  peers: ["ss", "lsof", "netstat"],
  async run(bench) {
    const room = await enterRoom();
    try {
      const held = await hold(bench, room, scaled(110_000, bench.scale, PROCESSES), PROCESSES);
      const runs = race(bench, room, held, [PORTOLAN, ss("-tanp"), netstat("-tanp"), lsof("-n", "-P", "-iTCP")]);
      await held.release();
      const result = raceResult(runs, held, [{ against: "ss -tanp", atMost: 0.2 }]);
      if (held.processes.length > PROCESSES) result.notes.push(spread(held.processes.length));
      return result;
    } finally {
      await room.leave();
    }
  },
};

function spread(processes: number): string {
  return `The hard limit of open files made it ${processes} processes instead of ${PROCESSES}.`;
}
