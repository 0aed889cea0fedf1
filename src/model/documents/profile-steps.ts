import type { Fields } from "./field.ts";

/** One step of `run --steps`. */
export const STEP = {
  feature: { type: "string", text: "The function of the application that it exercises." },
  repetition: { type: "integer", text: "Which time it was, from 1." },
  exitStatus: {
    type: "integer",
    text: "Exit status of its command; absent where it could not be started or was ended when its time was up.",
    optional: true,
  },
  settled: { type: "boolean", text: "Whether what was to be waited for came in time." },
  output: {
    type: "string",
    text: "The end of what its command printed; only of one that failed or did not settle.",
    optional: true,
  },
} as const satisfies Fields;

/** How surely a listen or a connect belongs to a function of the application. */
export const ATTRIBUTION = {
  feature: { type: "string", text: "The function." },
  seenIn: { type: "integer", text: "Under how many of its marks it was seen.", unit: "marks" },
  of: { type: "integer", text: "Under how many of its marks it could have been seen.", unit: "marks" },
  confidence: {
    type: "number",
    text: "From 0 to 1: seenIn / of, less the largest such share of another function.",
  },
} as const satisfies Fields;
