import type { Micros } from "./time.ts";

/** From this moment on a function of the application is exercised, until the next mark. */
export type Mark = { at: Micros; feature: string };

/** The functions that are told apart without anybody's mark. */
export const PHASES = { startUp: "start-up", idle: "idle", shutdown: "shutdown" } as const;

/** How long the name of a feature may be, in UTF-16 code units. */
const LONGEST_FEATURE = 200;

/** Why `text` cannot name a feature, as a sentence; undefined where it can. */
export function featureObjection(text: string): string | undefined {
  if (text.trim() === "") return "It is empty.";
  if (text.length > LONGEST_FEATURE) return `It is longer than ${LONGEST_FEATURE} characters.`;
  return undefined;
}
