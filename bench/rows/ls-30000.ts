import { enterRoom } from "../room.ts";
import type { Row } from "../row.ts";
import { hold } from "../snapshot/held.ts";
import { lsof, netstat, PORTOLAN, ss } from "../snapshot/listers.ts";
import { race } from "../snapshot/race.ts";
import { raceResult } from "../snapshot/result.ts";
import { scaled } from "../statistics.ts";

const PROCESSES = 50;

/** `ls` on a busy machine. */
export const ls30000: Row = {
  name: "ls-30000",
  title: "`ls` of 30,000 sockets in 50 processes",
  method:
    "The whole command, launcher included, text to a file. Listeners and established pairs on loopback, in a network " +
    "namespace of their own; each has to be in every answer once, with its process.",
  peers: ["ss", "lsof", "netstat"],
  async run(bench) {
    const room = await enterRoom();
    try {
      const held = await hold(bench, room, scaled(30_000, bench.scale, PROCESSES), PROCESSES);
      const runs = race(bench, room, held, [PORTOLAN, ss("-tunap"), lsof("-i", "-n", "-P"), netstat("-tunap")]);
      await held.release();
      return raceResult(runs, held, [
        { against: "ss -tunap", atMost: 0.6 },
        { against: "lsof -i -n -P", atMost: 0.35 },
      ]);
    } finally {
      await room.leave();
    }
  },
};
