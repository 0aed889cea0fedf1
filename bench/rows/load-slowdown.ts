import { type Attempt, attempt } from "../capture/attempt.ts";
import { BPFTRACE_COUNT, BPFTRACE_LINES } from "../capture/bpftrace.ts";
import { CONNTRACK } from "../capture/conntrack.ts";
import { ALONE, type Counter } from "../capture/counter.ts";
import { PORTOLAN } from "../capture/portolan.ts";
import { STRACE } from "../capture/strace.ts";
import type { Cell, Row, Verdict } from "../row.ts";
import { figure, median, scaled } from "../statistics.ts";

const COUNTERS = [ALONE, PORTOLAN, BPFTRACE_COUNT, BPFTRACE_LINES, CONNTRACK, STRACE];
const AT_LEAST = 0.9;

/** One counter's rounds: microseconds per connection, and what went wrong. */
type Rounds = { counter: Counter; each: number[]; fault?: string };

/** What watching costs the one that is watched. */
export const loadSlowdown: Row = {
  name: "load-slowdown",
  title: "The load's own speed while it is watched",
  method:
    "The load of `short-connections`, 100,000 at a time, tells how long a connection took it. Speed is the time without a " +
    "counter divided by the time with it. The counters take turns. A round in which Portolan missed anything does not count.",
  peers: ["bpftrace", "conntrack", "nft", "strace"],
  async run(bench) {
    const connections = scaled(100_000, bench.scale, 100);
    const all: Rounds[] = COUNTERS.map((counter) => ({ counter, each: [] }));
    for (let round = 1; round <= bench.repeat; round++) {
      for (const rounds of all) {
        if (rounds.fault === undefined) note(rounds, await attempt(bench, rounds.counter, connections));
      }
    }
    const [alone, ours] = all;
    const columns = ["counter", "median µs", "min µs", "max µs", "speed (medians)", "speed (minima)", "remark"];
    const rows = all.map((rounds) => cells(rounds, alone));
    return { tables: [{ title: "A connection's time", columns, rows }], verdicts: [verdict(ours, alone)], notes: [] };
  },
};

function note(rounds: Rounds, result: Attempt): void {
  if ("fault" in result) {
    rounds.fault = result.fault;
    return;
  }
  const { load, counted, remark } = result.count;
  rounds.each.push(load.microseconds / load.connections);
  if (rounds.counter === PORTOLAN && counted !== load.connections) {
    rounds.fault = `counted ${counted} of ${load.connections}${remark === undefined ? "" : `: ${remark}`}`;
  }
}

function cells(rounds: Rounds, alone: Rounds | undefined): Cell[] {
  const { counter, each, fault } = rounds;
  const share = counter.share === 1 ? "" : `of ${counter.share * 100} % of the load`;
  if (each.length === 0) return [counter.name, "", "", "", "", "", fault ?? ""];
  const times = [median(each), Math.min(...each), Math.max(...each)].map(figure);
  const speeds = [speed(rounds, alone, median), speed(rounds, alone, least)];
  return [counter.name, ...times, ...speeds.map((value) => (value === undefined ? "" : figure(value))), fault ?? share];
}

function least(values: readonly number[]): number {
  return Math.min(...values);
}

function speed(rounds: Rounds, alone: Rounds | undefined, of: (values: readonly number[]) => number) {
  if (alone === undefined || alone.each.length === 0 || rounds.each.length === 0) return undefined;
  return of(alone.each) / of(rounds.each);
}

function verdict(ours: Rounds | undefined, alone: Rounds | undefined): Verdict {
  const claim = "speed of the load under portolan run";
  const target = `at least ${AT_LEAST}`;
  const value = ours && speed(ours, alone, median);
  const fault = ours?.fault ?? alone?.fault;
  if (value === undefined) return { claim, target, reached: false, ...(fault !== undefined && { note: fault }) };
  const reached = value >= AT_LEAST && fault === undefined;
  return { claim, target, measured: figure(value), reached, ...(fault !== undefined && { note: fault }) };
}
