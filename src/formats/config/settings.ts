import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";
import { type Micros, micros } from "../../model/time.ts";

/** What a recorder may be told, in its file and on the command line; what is absent is as `SETTINGS` says. */
export type Settings = {
  store?: string;
  keepFlows?: Micros;
  keepUsage?: Micros;
  /** In bytes. */
  maxSize?: number;
  collector?: string;
  logLevel?: LogLevel;
};

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting, by the name that it has in the file; `record` has most of them as options. */
export type Setting = {
  readonly name: string;
  /** What it is where nobody says otherwise. */
  readonly default: string;
  /** A value for the example file; absent: the default. */
  readonly example?: string;
  readonly text: string;
  /** Puts the value that `text` states into `settings`. Answers, as a sentence, what is wrong with it where something is. */
  read(text: string, settings: Settings): string | undefined;
};

/** A record that keeps less cuts off the hour that is being written, in milliseconds. */
const SHORTEST = 3_600_000;
/** In bytes. */
const SMALLEST = 10_000_000;

/** Every setting, in the order in which pages list them. */
export const SETTINGS: readonly Setting[] = [
  {
    name: "store",
    default: "/var/lib/portolan/portolan.db",
    text: "The file of the record. Its folder is made where it is missing.",
    read(text, settings) {
      if (text === "") return "it names no file";
      settings.store = text;
      return undefined;
    },
  },
  {
    name: "keep-flows",
    default: "7d",
    text: "How long single connections are kept, each with its process, its times and its bytes.",
    read: (text, settings) => readSpan(text, settings, "keepFlows"),
  },
  {
    name: "keep-usage",
    default: "3y",
    text: "How long it is kept, hour by hour, which application used which port with whom and how much.",
    read: (text, settings) => readSpan(text, settings, "keepUsage"),
  },
  {
    name: "max-size",
    default: "5GB",
    text: "How large the file may become. Where it would become larger, the oldest connections go first, then the oldest hours.",
    read(text, settings) {
      const bytes = parseSize(text);
      if (bytes === undefined) return "a size is a number and kB, MB, GB or TB, such as 500MB or 5GB";
      if (bytes < SMALLEST) return "that is too little to keep anything in: it is at least 10MB";
      settings.maxSize = bytes;
      return undefined;
    },
  },
  {
    name: "collector",
    default: "the best that works here",
    example: "ebpf",
    text: "How the machine is observed: ebpf, or procfs, which polls and may miss what is short.",
    read(text, settings) {
      if (!/^(?:ebpf|procfs|scripted:.+)$/.test(text)) return "the collectors are ebpf, procfs and scripted:FILE";
      settings.collector = text;
      return undefined;
    },
  },
  {
    name: "log-level",
    default: "info",
    text: "What the log tells: debug, info, warn or error, and whatever is worse.",
    read(text, settings) {
      const level = LOG_LEVELS.find((one) => one === text);
      if (level === undefined) return `the levels are ${LOG_LEVELS.join(", ")}`;
      settings.logLevel = level;
      return undefined;
    },
  },
];

function readSpan(text: string, settings: Settings, name: "keepFlows" | "keepUsage"): string | undefined {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) return "a length of time is a number and h, d or y, such as 12h, 7d or 3y";
  if (milliseconds < SHORTEST) return "that is too short: the record counts by the hour, so that it is at least 1h";
  settings[name] = micros(milliseconds);
  return undefined;
}
