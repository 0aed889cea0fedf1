import type { Folded, Moment, RecordFold } from "../../analyze/record.ts";
import type { Identity } from "../../collect/select.ts";
import type { CollectorEvent } from "../../model/event.ts";
import type { Gap } from "../../model/gap.ts";
import type { Mark, RecordBatch } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import type { Costs } from "./cost.ts";
import type { Standing } from "./standing.ts";
import type { Writing } from "./writing.ts";

/** Without news something is written after so long all the same, so that the record says until when it is whole. */
const HEARTBEAT = 10_000_000;
/**
 * What happened so long ago has been delivered: a collector looks once a second, and holds the half of something back for
 * one more look at most.
 */
const DELIVERED = 3_000_000;
/** So many rows are a batch before its time: what waits takes memory. */
const MANY = 10_000;

type Parts = { fold: RecordFold; identity: Identity; costs: Costs; standing: Standing; writing: Writing };

/** From events to durable batches. */
export class Recording {
  readonly #parts: Parts;
  #gaps: Gap[] = [];
  #marks: Mark[] = [];
  /** The latest moment that was told of since the last batch. */
  #news: Micros | undefined;
  #writtenAt = Number.NEGATIVE_INFINITY;

  /** `before` is what was missed until now. */
  constructor(parts: Parts, before: Gap | undefined) {
    this.#parts = parts;
    if (before !== undefined) this.#gaps.push(before);
  }

  /** Takes events as they are delivered. True where so much has come together that it should be written at once. */
  add(events: readonly CollectorEvent[], now: Moment): boolean {
    const { fold } = this.#parts;
    fold.add(events, now, false);
    this.#news = events.at(-1)?.at ?? this.#news;
    return fold.pending >= MANY;
  }

  /** Somebody says which function is being exercised from now on. */
  mark(text: string, now: Moment): void {
    this.#marks.push({ at: now.wall, text });
  }

  /** Writes what came together, where there is anything; with `last` whatever is left. Answers what was in it. */
  async write(now: Moment, last: boolean): Promise<RecordBatch> {
    const { fold, identity, costs, standing, writing } = this.#parts;
    const folded = fold.take(now, last);
    const batch: RecordBatch = {
      until: this.#reach(now, last),
      ...folded,
      marks: this.#marks,
      gaps: [...this.#gaps, ...folded.gaps, ...standing.take(now.wall, last)],
      programs: identity.programs(last),
      costs: costs.take(now, fold.counts, last),
    };
    this.#gaps = [];
    this.#marks = [];
    const silent = now.steady - this.#writtenAt < HEARTBEAT && !writing.waits;
    if (!last && silent && isEmpty(batch)) return batch;
    this.#writtenAt = now.steady;
    await writing.write(batch, now, last);
    return batch;
  }

  /** Until when everything has been delivered. Where there is much to do, events come later than usual. */
  #reach(now: Moment, last: boolean): Micros {
    const news = this.#news;
    this.#news = undefined;
    return last ? now.wall : Math.min(now.wall - DELIVERED, news ?? now.wall);
  }
}

function isEmpty({ until: _, ...parts }: RecordBatch): boolean {
  return Object.values(parts satisfies Partial<Folded> & object).every((part) => part.length === 0);
}
