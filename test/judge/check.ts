import { match, sameNumbers } from "./match.ts";
import type { Fact, Knowledge } from "./seen.ts";

/** One fact of one row, compared. */
export type Check = {
  fact: Fact;
  /** Which row, for people. */
  row: string;
  ok: boolean;
  expected?: unknown;
  seen?: unknown;
  /** Whether the fact is about something invented: it can only be wrong. */
  invented?: true;
};

/** The comparisons that were made, and how many more the truth would have allowed. */
export class Checks {
  readonly made: Check[] = [];
  /** Facts that the truth states and the observer cannot know. */
  unknowable = 0;
  readonly #knows: ReadonlySet<Fact>;

  constructor(knowledge: Knowledge) {
    this.#knows = knowledge.facts;
  }

  knows(fact: Fact): boolean {
    return this.#knows.has(fact);
  }

  /** A fact that the truth states. */
  add(fact: Fact, row: string, ok: boolean, expected: unknown, seen: unknown): void {
    if (!this.knows(fact)) this.unknowable++;
    else this.made.push({ fact, row, ok, ...(ok ? {} : { expected, seen }) });
  }

  /** A value that is compared only where the truth states one. */
  value(fact: Fact, row: string, expected: unknown, seen: unknown): void {
    if (expected !== undefined) this.add(fact, row, expected === seen, expected, seen);
  }

  numbers(fact: Fact, row: string, expected: readonly number[] | undefined, seen: readonly number[] | undefined): void {
    if (expected === undefined) return;
    this.add(fact, row, seen !== undefined && sameNumbers(expected, seen), expected, seen);
  }

  /** Something that was seen and never happened. */
  invented(fact: Fact, row: string, seen: unknown): void {
    if (this.knows(fact)) this.made.push({ fact, row: `invented ${row}`, ok: false, seen, invented: true });
  }

  /** Compares lists of rows: each expected one must be there, no other may be, and `details` compares a pair. */
  rows<Expected, Found>(
    fact: Fact,
    expected: readonly Expected[],
    found: readonly Found[],
    how: {
      name: (row: Expected | Found) => string;
      same: (expected: Expected, found: Found) => boolean;
      details: (checks: Checks, row: string, expected: Expected, found: Found | undefined) => void;
      /** Whether rows beyond the expected ones are wrong. */
      exact: boolean;
    },
  ): void {
    if (!this.knows(fact)) {
      for (const row of expected) this.add(fact, how.name(row), false, undefined, undefined);
      for (const row of expected) how.details(this, how.name(row), row, undefined);
      return;
    }
    const agrees = (a: Expected, b: Found) => {
      const trial = new Checks({ facts: this.#knows });
      how.details(trial, "", a, b);
      return trial.made.every(({ ok }) => ok);
    };
    const { pairs, extra } = match(expected, found, how.same, agrees);
    for (const pair of pairs) {
      const row = how.name(pair.expected);
      this.add(fact, row, pair.found !== undefined, pair.expected, pair.found);
      // What is said of a row that was missed is missed with it.
      how.details(this, row, pair.expected, pair.found);
    }
    if (how.exact) for (const row of extra) this.invented(fact, how.name(row), row);
  }
}
