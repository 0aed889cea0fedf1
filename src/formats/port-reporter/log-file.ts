import { type CivilTime, civilTime, two } from "./civil-time.ts";

/** The three logs of Port Reporter: what each process was, which ports were used, and what was open at the start. */
export const LOG_KINDS = ["PIDS", "PORTS", "INITIAL"] as const;

export type LogKind = (typeof LOG_KINDS)[number];

/** `PR-PORTS-05-07-6-13-44-4.log`: year and month have two digits, the others as many as they need. */
export function logFileName(kind: LogKind, { year, month, day, hour, minute, second }: CivilTime): string {
  return `PR-${kind}-${two(year % 100)}-${two(month)}-${day}-${hour}-${minute}-${second}.log`;
}

const NAME = /PR-(PIDS|PORTS|INITIAL)-(\d{2}|\d{4})-(\d{1,2})-(\d{1,2})-(\d{1,2})-(\d{1,2})-(\d{1,2})\.log/i;

/** What the name of a log says, wherever in `text` it stands: its kind, and when it was begun. */
export function readLogFileName(text: string): { name: string; kind: LogKind; began: CivilTime } | undefined {
  const [name, kind, ...parts] = NAME.exec(text) ?? [];
  const began = civilTime(parts);
  const known = LOG_KINDS.find((each) => each === kind?.toUpperCase());
  return name === undefined || known === undefined || began === undefined ? undefined : { name, kind: known, began };
}
