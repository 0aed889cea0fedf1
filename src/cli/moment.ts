import { parseDuration } from "../model/duration.ts";
import { Problem } from "../model/problem.ts";
import type { Micros } from "../model/time.ts";

/** A moment as a person states it: "14:05" is a whole minute, from its first microsecond to its last. */
export type Moment = { from: Micros; until: Micros };

const DATE = "(\\d{4})-(\\d{2})-(\\d{2})";
const TIME = "(\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,6})\\d*)?)?";
const ZONE = "(Z|[+-]\\d{2}:?\\d{2})?";
const FORM = new RegExp(`^${DATE}(?:[T ]${TIME} ?${ZONE})?$`, "i");

/**
 * Reads what `option` was given: ISO 8601, without a zone in this machine's own, or a length of time back from `now`
 * (`10m`, `2h`, `7d`). @throws Problem `bad-value`.
 */
export function readMoment(option: string, text: string, now: Micros): Moment {
  const back = /^[\d.]+(ms|s|m|h|d)$/.test(text) ? parseDuration(text) : undefined;
  if (back !== undefined) return { from: now - Math.round(back * 1000), until: now - Math.round(back * 1000) };
  if (text === "now") return { from: now, until: now };
  const match = FORM.exec(text.trim());
  if (!match) throw noMoment(option, text, "It is no date.");
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => part && Number(part));
  const [, , , , , , , fraction, zone] = match;
  const parts = [year, month, day, hour || 0, minute || 0, second || 0] as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = inZone(parts, zone);
  if (milliseconds === undefined) throw noMoment(option, text, "There is no such day or time.");
  const from = milliseconds * 1000 + Number((fraction ?? "").padEnd(6, "0"));
  return { from, until: from + precision(match) - 1 };
}

/** How long the stated moment lasts, in microseconds. A day has 24 hours here, also where the clock is set. */
function precision([, , , , hour, , second, fraction]: RegExpExecArray): number {
  if (fraction !== undefined) return 10 ** (6 - fraction.length);
  if (second !== undefined) return 1e6;
  return hour === undefined ? 86_400e6 : 60e6;
}

type Parts = [number, number, number, number, number, number];

/** Milliseconds since the epoch; undefined for a day or time that is not, such as one that the clock jumps over. */
function inZone([year, month, day, hour, minute, second]: Parts, zone: string | undefined): number | undefined {
  if (month < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(utc).getUTCDate() !== day || new Date(utc).getUTCMonth() !== month - 1) return undefined;
  if (zone === undefined) {
    const local = new Date(year, month - 1, day, hour, minute, second);
    return local.getHours() === hour && local.getMinutes() === minute ? local.getTime() : undefined;
  }
  if (zone.toUpperCase() === "Z") return utc;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (Number(minutes) > 59) return undefined;
  return utc - (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function noMoment(option: string, text: string, why: string): Problem {
  return new Problem("bad-value", `${option} "${text}" is no time`, {
    why: `${why} A time is like "2026-11-17 14:05", "2026-11-17T14:05:09Z", or 10m, 2h, 7d back from now.`,
    next: `${option} "2026-11-17 14:05"`,
  });
}
