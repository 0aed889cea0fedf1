import { type Started, start } from "../../../bench/started.ts";
import { program } from "../../live/machine.ts";
import { until } from "../../live/until.ts";
import type { Adapter } from "../adapter.ts";
import type { ProcessRow } from "../truth.ts";
import { oneConnection } from "./connection.ts";
import { lackOf } from "./listing.ts";
import { versionOf } from "./version.ts";

/** Traffic by process: it says who moved data, and not where to. It looks once a second. */
export const nethogs: Adapter = {
  name: "nethogs",
  scope: "record",
  about: "whose TCP traffic it is",
  knows: { facts: new Set(["processes"]), protocols: ["tcp"], processes: "traffic" },
  lack: () => (process.geteuid?.() === 0 ? lackOf("nethogs") : "needs root"),
  version: () => versionOf(program("nethogs"), ["-V"]),
  watch() {
    let started: Started | undefined;
    const looked = async (times: number) => {
      const { lines = [] } = started ?? {};
      const looks = () => lines.filter((line) => line === "Refreshing:").length;
      const before = looks();
      await until("nethogs to look", async () => {
        // On a quiet machine it sleeps until there is a packet.
        await oneConnection();
        return looks() >= before + times;
      });
    };
    return {
      async start() {
        // Also the loopback device, and every second.
        started = start(program("nethogs"), ["-t", "-a", "-d", "1"]);
        await looked(1);
      },
      async seen() {
        // What a look prints was seen before it began; the next one's has everything.
        await looked(2);
        return { processes: (started?.lines ?? []).flatMap(rowOf) };
      },
      async close() {
        started?.kill("SIGKILL");
        await started?.ended;
        started = undefined;
      },
    };
  },
};

/** `/usr/bin/name/1234/0	0.5	1.5`: program, pid, user, and KB/s each way; a pid of 0 is nobody it knows. */
function rowOf(line: string): ProcessRow[] {
  const pid = Number(/\/(\d+)\/\d+\t/.exec(line)?.[1] ?? 0);
  return pid === 0 ? [] : [{ pid }];
}
