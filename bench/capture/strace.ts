import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Counter, loadUnder, startLine } from "./counter.ts";

/** Stops the load at each call: a hundredth of the connections is enough to wait for. */
export const STRACE: Counter = {
  name: "strace -f -e trace=network",
  peers: ["strace"],
  share: 0.01,
  async watch({ programs, scratch }, room, connections) {
    const file = join(scratch, "strace");
    const line = ["strace", "-f", "-e", "trace=network", "-o", file, programs.churn, String(connections)];
    const load = await loadUnder(startLine(room.inside(line)));
    const connect = new RegExp(`^${load.pid} +connect\\(\\d+, .*htons\\(${load.port}\\).*= 0$`, "gm");
    const counted = [...readFileSync(file, "utf8").matchAll(connect)].length;
    return { load, counted, remark: "a hundredth of the load" };
  },
};
