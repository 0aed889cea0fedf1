import pino from "pino";
import { LOG_LEVELS, type LogLevel } from "../../formats/config/settings.ts";
import type { Tell } from "./notice.ts";

const STDERR = 2;

/** One line of JSON on standard error for each notice of `level` and worse: time, level, event, its fields, and the sentence. */
export function jsonLog(level: LogLevel): Tell {
  const destination = pino.destination({ dest: STDERR, sync: true });
  // Nobody reads any more: that is no reason to stop recording.
  destination.on("error", () => {});
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return ({ event, level: worst, text, fields }) => log[worst]({ event, ...fields }, text);
}

/** Only what is of `level`, or worse, goes on to `tell`. */
export function atLeast(level: LogLevel, tell: Tell): Tell {
  return (notice) => {
    if (LOG_LEVELS.indexOf(notice.level) >= LOG_LEVELS.indexOf(level)) tell(notice);
  };
}
