import { setTimeout as pause } from "node:timers/promises";

/** There is nothing left to wait for. */
export class Hopeless extends Error {}

/**
 * Waits until `answer` gives something other than undefined or false, and returns it. Fails after `limit` milliseconds
 * and says what was awaited. What `answer` throws counts as "not yet", and is the failure's cause; a `Hopeless` ends the
 * waiting at once.
 */
export async function until<T>(
  what: string,
  answer: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 20_000,
): Promise<T> {
  const end = performance.now() + limit;
  let cause: unknown;
  for (;;) {
    try {
      const value = await answer();
      if (value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw new Error(`no more sense in waiting for ${what}`, { cause: error });
      cause = error;
    }
    if (performance.now() > end) throw new Error(`waited ${limit} ms in vain for ${what}`, { cause });
    await pause(20);
  }
}
