import type { Gap } from "../../model/gap.ts";

/** What may have been missed since the last batch. Of very many, those of the same reason become one. */
export class Gaps {
  readonly #limit: number;
  #gaps: Gap[] = [];
  /** Events that were lost, of all gaps ever. */
  lost = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(gap: Gap): void {
    this.lost += gap.lost ?? 0;
    const same =
      this.#gaps.length < this.#limit ? undefined : this.#gaps.findLast(({ reason }) => reason === gap.reason);
    if (same === undefined) {
      this.#gaps.push({ ...gap });
      return;
    }
    same.from = Math.min(same.from, gap.from);
    same.until = Math.max(same.until, gap.until);
    if (gap.lost !== undefined) same.lost = (same.lost ?? 0) + gap.lost;
  }

  take(): Gap[] {
    const gaps = this.#gaps;
    this.#gaps = [];
    return gaps;
  }
}
