import type { Gap } from "../../model/gap.ts";
import type { ProfileGap } from "../../model/profile.ts";
import { isoTime } from "../../model/time.ts";
import type { Limits } from "./limits.ts";

/** What the collector said it may have missed. */
export class Gaps {
  readonly #gaps: Gap[] = [];
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#gaps.length;
  }

  /** Keeps the gap; once there are very many, widens the latest one of the same reason instead. */
  add(gap: Gap): void {
    const same =
      this.#gaps.length < this.#limits.gaps ? undefined : this.#gaps.findLast((one) => one.reason === gap.reason);
    if (same === undefined) {
      this.#gaps.push({ ...gap });
      return;
    }
    same.from = Math.min(same.from, gap.from);
    same.until = Math.max(same.until, gap.until);
    if (gap.lost !== undefined) same.lost = (same.lost ?? 0) + gap.lost;
  }

  /** These and `more`, in order of time. */
  all(more: Gap[]): Gap[] {
    return [...this.#gaps, ...more].sort((a, b) => a.from - b.from);
  }
}

/** A gap as documents state it. */
export function gapDocument(gap: Gap): ProfileGap {
  const { from, until, reason, lost } = gap;
  return { from: isoTime(from), until: isoTime(until), reason, ...(lost === undefined ? {} : { lost }) };
}
