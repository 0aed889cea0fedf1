import type { Collector } from "../../../model/interfaces.ts";
import { startCapture } from "./capture/capture.ts";
import { takeSnapshot } from "./snapshot.ts";

/** How often a capture looks, in milliseconds, while looking is cheap. */
const INTERVAL = 100;

/** The collector that needs nothing but a readable /proc, which is at `root`. */
export function createProcfsCollector(root = "/proc", interval = INTERVAL): Collector {
  return {
    name: "procfs",
    fromStart: false,
    snapshot: async (options) => takeSnapshot(root, options),
    capture: async (scope, sink) => startCapture(root, scope, sink, interval),
  };
}
