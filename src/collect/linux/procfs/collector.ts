import type { Collector } from "../../../model/interfaces.ts";
import { takeSnapshot } from "./snapshot.ts";

/** The collector that needs nothing but a readable /proc, which is at `root`. */
export function createProcfsCollector(root = "/proc"): Collector {
  return {
    name: "procfs",
    snapshot: async (options) => takeSnapshot(root, options),
    capture: async () => {
      throw new Error("not yet");
    },
  };
}
