import { readFilter } from "../../app/filter.ts";
import type { WatchRequest } from "../../app/watch/watch.ts";
import { parseDuration } from "../../model/duration.ts";
import { Problem } from "../../model/problem.ts";
import { forTime } from "../for-time.ts";
import type { OptionDefinitions, OptionValues } from "../verb.ts";

/** The options of `watch`. */
export const WATCH_OPTIONS: OptionDefinitions = {
  port: { type: "string", multiple: true },
  pid: { type: "string", multiple: true },
  interval: { type: "string" },
  log: { type: "string" },
  verbose: { type: "boolean", short: "v" },
  json: { type: "boolean" },
  ndjson: { type: "boolean" },
  csv: { type: "boolean" },
  for: { type: "string" },
  collector: { type: "string" },
};

/** What a command line of `watch` asks for. */
export type Asked = WatchRequest & {
  /** Milliseconds between two refreshes. */
  interval: number;
  log?: string;
  forMilliseconds?: number;
};

/** Reads options and filter words. @throws Problem `bad-value`, `bad-filter`. */
export function readRequest(options: OptionValues, words: readonly string[]): Asked {
  const { interval, log, collector } = options;
  const filters = [...words, ...numbers("port", options, ""), ...numbers("pid", options, "pid")];
  readFilter(filters, "watch");
  return {
    filters,
    verbose: options.verbose === true,
    interval: typeof interval === "string" ? readInterval(interval) : 1000,
    ...(typeof log === "string" && { log }),
    ...(typeof collector === "string" && { collector }),
    ...(typeof options.for === "string" && { forMilliseconds: forTime("watch", options.for) }),
  };
}

/** The filter words that `--port` and `--pid` stand for. */
function numbers(name: "port" | "pid", options: OptionValues, kind: string): string[] {
  const values = options[name];
  if (!Array.isArray(values)) return [];
  return values.map((value) => {
    if (/^\d{1,10}$/.test(value) && (name === "pid" || Number(value) <= 65535)) return `${kind}:${value}`;
    const [what, next] =
      name === "port" ? ["a port: a number from 0 to 65535", "./portolan ls"] : ["a process id", "ps -e"];
    throw new Problem("bad-value", `--${name} "${value}" is not ${what}`, { next });
  });
}

/** Shorter than a person can see, or longer than a timer can wait (setTimeout of Node.js: 2^31 ms). */
const [SHORTEST, LONGEST] = [100, 86_400_000];

function readInterval(value: string): number {
  const milliseconds = parseDuration(value);
  if (milliseconds !== undefined && milliseconds >= SHORTEST && milliseconds <= LONGEST) return milliseconds;
  throw new Problem("bad-value", `--interval "${value}" is no time between two refreshes`, {
    why: "It is a number of seconds from 0.1 to a day: 0.5, 2, 1m.",
    next: "./portolan watch --interval 2",
  });
}
