import type { Collector } from "../../../model/interfaces.ts";
import { readTablesAhead } from "./read-ahead.ts";
import { lookAround, takeSnapshot } from "./snapshot.ts";

/** How often a capture looks, in milliseconds, while looking is cheap. */
const INTERVAL = 100;

/** The collector that needs nothing but a readable /proc, which is at `root`. */
export function createProcfsCollector(root = "/proc", interval = INTERVAL): Collector {
  return {
    name: "procfs",
    fromStart: false,
    async snapshot(options) {
      const ahead = readTablesAhead(root);
      const look = lookAround(root);
      return takeSnapshot(root, options, look, await ahead);
    },
    capture: async (scope, sink) => (await import("./capture/capture.ts")).startCapture(root, scope, sink, interval),
  };
}
