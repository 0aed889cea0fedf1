import type { Fields } from "./field.ts";

/** How much of an application was watched while it was profiled. */
export const COVERAGE = {
  durationSeconds: { type: "number", text: "How long it was watched.", unit: "seconds" },
  starts: {
    type: "integer",
    text: "How many starts of the application were seen: 1, or 0 where Portolan joined a running one.",
  },
  seenFromStart: {
    type: "boolean",
    text: "Whether the observation began before the application's first instruction.",
  },
  processes: { type: "integer", text: "Processes seen, those beyond the listed number included." },
  processesUnknown: {
    type: "integer",
    text: "Processes that used the network and of which nothing but the pid could be learned.",
    optional: true,
  },
  events: { type: "integer", text: "Events that the collector delivered.", unit: "events" },
  flows: { type: "integer", text: "Flows in either direction that were established.", unit: "flows" },
  failed: { type: "integer", text: "Attempts that never were established.", unit: "attempts" },
  connectsWithoutPeer: {
    type: "integer",
    text: "Outbound exchanges whose peer could not be learned: they have no row in connects.",
    unit: "flows",
    optional: true,
  },
  singleSightings: {
    type: "integer",
    text: "Lines of listens and connects that rest on one flow, or on a port that nobody used.",
    unit: "lines",
    optional: true,
  },
  names: { type: "integer", text: "DNS answers seen." },
} as const satisfies Fields;
