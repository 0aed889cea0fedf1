import { enterRoom } from "../room.ts";
import type { Row } from "../row.ts";
import { hold } from "../snapshot/held.ts";
import { lsof, NODE_ALONE, netstat, PORTOLAN, ss } from "../snapshot/listers.ts";
import { race } from "../snapshot/race.ts";
import { raceResult } from "../snapshot/result.ts";

/** `ls` where little is open: what its start costs. */
export const lsQuiet: Row = {
  name: "ls-quiet",
  title: "`ls` on a quiet machine",
  method:
    "The whole command, launcher included, text to a file. 23 sockets of one process have to be in every answer, with " +
    "their process. Portolan lists those of all network namespaces, the peers those of one. `node -e 0` is the same Node.",
  peers: ["ss", "lsof", "netstat"],
  async run(bench) {
    const room = await enterRoom();
    try {
      const held = await hold(bench, room, 23, 1);
      const listers = [PORTOLAN, NODE_ALONE, ss("-tunap"), lsof("-i", "-n", "-P"), netstat("-tunap")];
      const runs = race(bench, room, held, listers);
      await held.release();
      return raceResult(runs, held, [{ against: NODE_ALONE.name, atMost: 1.6 }]);
    } finally {
      await room.leave();
    }
  },
};
