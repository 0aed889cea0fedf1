import type { Interval } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { HOUR } from "../hours.ts";

/** How an interval is answered: from whole hours, and from single flows where it begins or ends within one. */
export type Span = {
  /** Whole hours, from the first up to and without the second; infinite where the interval is open. */
  hours: { from: number; below: number };
  /** Flows that began within these count, first and last moment included. */
  borders: Border[];
  /** Flows that were open at this moment count, too. */
  openAt?: Micros;
  /** True where single flows are not kept any more, and whole hours stand in for parts of some. */
  wholeHours: boolean;
};

export type Border = { from: Micros; to: Micros };

/** Divides an interval that does not end before it begins. Single flows are kept from `flowsFrom` on. */
export function spanOf({ since = Number.NEGATIVE_INFINITY, until }: Interval, flowsFrom: Micros): Span {
  const kept = since >= flowsFrom;
  const from = kept ? Math.ceil(since / HOUR) : Math.floor(since / HOUR);
  const openAt = kept ? { openAt: since } : {};
  const lost = !kept && since !== Number.NEGATIVE_INFINITY;
  const head = kept ? [{ from: since, to: from * HOUR - 1 }] : [];
  if (until === undefined) {
    return {
      hours: { from, below: Number.POSITIVE_INFINITY },
      borders: head.filter(holds),
      ...openAt,
      wholeHours: lost,
    };
  }
  const below = Math.floor((until + 1) / HOUR);
  const tail = { from: Math.max(below * HOUR, since), to: until };
  if (holds(tail) && tail.from < flowsFrom) {
    // An end at a full hour needs no part of the hour that it begins.
    const whole = until === below * HOUR && from < below ? below : below + 1;
    return { hours: { from, below: whole }, borders: [], ...openAt, wholeHours: lost || whole > below };
  }
  const borders = kept && from >= below ? [{ from: since, to: until }] : [...head, tail].filter(holds);
  return { hours: { from, below }, borders, ...openAt, wholeHours: lost };
}

/** How a question is answered that only single flows can answer. */
export function scanOf(interval: Border): Span {
  return { hours: { from: 0, below: 0 }, borders: [interval], openAt: interval.from, wholeHours: false };
}

/** Whether any whole hour is part of a span. */
export function hasHours({ hours }: Span): boolean {
  return hours.from < hours.below;
}

function holds({ from, to }: Border): boolean {
  return from <= to;
}
