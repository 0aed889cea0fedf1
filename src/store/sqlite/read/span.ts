import type { Interval } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { HOUR, hourOf } from "../hours.ts";
import { AFTER_ALL } from "./time.ts";

/** How an interval is answered: from whole hours, and from single flows where it begins or ends within one. */
export type Span = {
  /** Whole hours, from the first up to and without the second; infinite where the interval is open. */
  hours: { from: number; below: number };
  /** Flows that began within these count, first and last moment included. */
  borders: Border[];
  /** Flows that began before the first moment, and were open at the second or later, count, too. */
  open?: { before: Micros; at: Micros };
  /** True where single flows are not kept any more, and whole hours stand in for parts of some. */
  wholeHours: boolean;
};

export type Border = { from: Micros; to: Micros };

/** With so few whole hours within an interval, single flows answer all of it: they are exact, and not too many. */
const FEW = 1;

/**
 * Divides an interval that does not end before it begins.
 * @param record From when on single flows are kept, and until when the record is durable.
 */
export function spanOf(interval: Interval, record: { flowsFrom: Micros; until: Micros }): Span {
  const { since = Number.NEGATIVE_INFINITY, until } = interval;
  const kept = since >= record.flowsFrom;
  const from = kept ? Math.ceil(since / HOUR) : Math.floor(since / HOUR);
  const whole = hourOf(Math.min(until ?? AFTER_ALL, record.until) + 1) - from;
  if (kept && whole <= FEW) return scanOf({ since, until: until ?? AFTER_ALL }, record.flowsFrom);
  const open = kept ? { open: { before: since, at: since } } : {};
  const lost = !kept && since !== Number.NEGATIVE_INFINITY;
  const head = kept ? [{ from: since, to: from * HOUR - 1 }] : [];
  if (until === undefined) {
    return {
      hours: { from, below: Number.POSITIVE_INFINITY },
      borders: head.filter(holds),
      ...open,
      wholeHours: lost,
    };
  }
  const below = hourOf(until + 1);
  const tail = { from: Math.max(below * HOUR, since), to: until };
  if (holds(tail) && tail.from < record.flowsFrom) {
    // An end at a full hour needs no part of the hour that it begins.
    const end = until === below * HOUR && from < below ? below : below + 1;
    return { hours: { from, below: end }, borders: [], ...open, wholeHours: lost || end > below };
  }
  return { hours: { from, below }, borders: [...head, tail].filter(holds), ...open, wholeHours: lost };
}

/**
 * How an interval is answered by single flows alone. Of the time before flows are kept there are only such as were open
 * when it ended.
 */
export function scanOf({ since, until }: Required<Interval>, flowsFrom: Micros) {
  const from = Math.max(since, flowsFrom);
  return {
    hours: { from: 0, below: 0 },
    borders: [{ from, to: until }].filter(holds),
    open: { before: Math.min(from, until + 1), at: since },
    wholeHours: false,
  };
}

/** Whether any whole hour is part of a span. */
export function hasHours({ hours }: Span): boolean {
  return hours.from < hours.below;
}

function holds({ from, to }: Border): boolean {
  return from <= to;
}
