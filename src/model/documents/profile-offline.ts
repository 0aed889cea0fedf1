import type { Fields } from "./field.ts";
import { ENDPOINT, PROTOCOL } from "./shared.ts";

/** What a run without a network tells: the profile's `offline`. */
export const OFFLINE = {
  loopback: { type: "boolean", text: "Whether the command had a loopback interface." },
  ended: { type: "boolean", text: "Whether the command ended by itself, before its time was up." },
  needsNetwork: {
    type: ["no", "loopback", "optional", "yes", "unclear"],
    text: "Whether the application needs a network: no (it ran to its end and used none), loopback (it ran to its end, and used its own machine only), optional (it ran to its end although it tried in vain), yes (it failed, and had tried in vain), unclear (it failed, but not after a vain attempt, or something may have been missed).",
  },
  attempts: { type: "integer", text: "Attempts that failed for lack of a network.", unit: "attempts" },
  firstAttempt: {
    type: {
      fields: {
        protocol: { type: PROTOCOL, text: "Transport protocol." },
        remote: { type: { fields: ENDPOINT }, text: "The end that it tried to reach." },
        error: { type: "string", text: "Why that failed, as errno names it.", optional: true },
        pids: { type: { list: "integer" }, text: "Ids of the processes that tried." },
        callers: {
          type: { list: "string" },
          text: "Where in the application's code the call came from, as module+0xoffset.",
          optional: true,
        },
        at: { type: "time", text: "When it tried." },
      },
    },
    text: "What it tried first; absent where it tried nothing in vain.",
    optional: true,
  },
} as const satisfies Fields;
