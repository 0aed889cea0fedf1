import type { Gap } from "../../../model/gap.ts";
import type { ClockStep, Cost, Interval, Mark } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { addressText } from "../address.ts";
import type { Connection } from "../connection.ts";
import { AFTER_ALL, BEFORE_ALL } from "./time.ts";

// What the record says of the recording itself. Each answers what overlaps the interval, the earliest first.

export function gaps(connection: Connection, { since = BEFORE_ALL, until = AFTER_ALL }: Interval): Gap[] {
  const rows = connection.all<Omit<Gap, "lost"> & { lost: number | null }>(GAPS, until, since);
  return rows.map(({ lost, ...gap }) => (lost === null ? { ...gap } : { ...gap, lost }));
}

export function marks(connection: Connection, { since = BEFORE_ALL, until = AFTER_ALL }: Interval): Mark[] {
  return connection.all<Mark>(MARKS, since, until).map((row) => ({ ...row }));
}

/** A step overlaps what lies between the times before and after it. */
export function clockSteps(connection: Connection, { since = BEFORE_ALL, until = AFTER_ALL }: Interval): ClockStep[] {
  return connection.all<ClockStep>(CLOCK_STEPS, until, since).map((row) => ({ ...row }));
}

export function costs(connection: Connection, { since = BEFORE_ALL, until = AFTER_ALL }: Interval): Cost[] {
  return connection.all<Cost>(COSTS, until, since).map((row) => ({ ...row }));
}

/** Addresses that this machine had, and when each was in use. */
export function hostAddresses(connection: Connection): { address: string; firstSeen: Micros; lastSeen: Micros }[] {
  const rows = connection.all<{ bytes: Uint8Array | string; firstSeen: Micros; lastSeen: Micros }>(HOST_ADDRESSES);
  return rows.map(({ bytes, firstSeen, lastSeen }) => ({ address: addressText(bytes), firstSeen, lastSeen }));
}

const GAPS = 'select began as "from", until, reason, lost from gap where began <= ? and until >= ? order by began, id';

const MARKS = "select at, text from mark where at between ? and ? order by at, id";

const CLOCK_STEPS = `
  select at, before, after from clock_step
  where min(at, before, after) <= ? and max(at, before, after) >= ? order by at, id`;

const COSTS = `
  select began as "from", until, processor, memory, flows, lost from cost
  where began <= ? and until >= ? order by began, id`;

const HOST_ADDRESSES = `
  select bytes, first as firstSeen, last as lastSeen from host_address cross join address on address.id = address
  order by first, address`;
