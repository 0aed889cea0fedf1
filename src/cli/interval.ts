import { Problem } from "../model/problem.ts";
import type { Interval } from "../model/record.ts";
import type { Micros } from "../model/time.ts";
import { readMoment } from "./moment.ts";
import type { OptionDefinitions, OptionValues } from "./verb.ts";

/** Options of every verb that asks the record about a time. */
export const INTERVAL_OPTIONS: OptionDefinitions = { since: { type: "string" }, until: { type: "string" } };

/**
 * The interval that `--since` and `--until`, or `--at` alone, state. @throws Problem `bad-value` for times that are none
 * or the wrong way round, `conflicting-options`.
 */
export function intervalOf(options: OptionValues, now: Micros): Interval {
  const { at, since, until } = options;
  if (typeof at === "string") {
    if (since !== undefined || until !== undefined) {
      throw new Problem("conflicting-options", "--at excludes --since and --until", {
        why: "It states a moment, they state an interval.",
        next: `--at "${at}"`,
      });
    }
    const moment = readMoment("--at", at, now);
    return { since: moment.from, until: moment.until };
  }
  const interval: Interval = {
    ...(typeof since === "string" && { since: readMoment("--since", since, now).from }),
    ...(typeof until === "string" && { until: readMoment("--until", until, now).until }),
  };
  if (interval.since !== undefined && interval.until !== undefined && interval.since > interval.until) {
    throw new Problem("bad-value", `--since "${since}" comes after --until "${until}"`, {
      next: `--since "${until}" --until "${since}"`,
    });
  }
  return interval;
}
