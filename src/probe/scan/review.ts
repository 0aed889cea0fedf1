import type { Timers } from "./timers.ts";

/** Ports asked in one round at the start, and at most. */
const FIRST = 32;
const MOST = 256;
/** Between two rounds, in milliseconds: Linux allows a target one message a second, and six at once (icmp(7)). */
const PAUSE = 1_000;
const LEAST_PAUSE = 50;
const MOST_PAUSE = 8_000;
/** Rounds without any answer after which the host is believed to have fallen silent altogether. */
const BARREN = 4;

/** What a review is about, and how it asks. */
export type ReviewParts = {
  /** Ports that gave no answer so far, in the order of asking. */
  silent: () => Iterable<number>;
  /** A port that ICMP said to be unreachable, the last one that was told; undefined before there is one. */
  canary: () => number | undefined;
  /** Asks a port once, after all that were asked before. `sent` is called when that is done. */
  ask: (port: number) => void;
  /** The port is silent indeed. */
  confirm: (port: number, now: number) => void;
  timers: Timers;
  /** How long an answer may take, in milliseconds. */
  wait: () => number;
  /** When to end, in milliseconds of the same clock: what is left then counts as silent. */
  until: number;
};

/**
 * Asks silent ports again, in rounds that end with a canary: a port whose answer is known. Hosts limit how many ICMP
 * messages they send, so that the silence of a port alone says nothing. Where a later question of the same round was
 * answered, the host still had a message to give when the silent one came: that one is silent indeed. Else it is asked
 * again, more slowly.
 */
export class Review {
  readonly #parts: ReviewParts;
  #left: number[];
  #round: number[] = [];
  #last: number | undefined;
  #heard = new Set<number>();
  #size = FIRST;
  #pause = PAUSE;
  #barren = 0;
  #begun = 0;

  constructor(parts: ReviewParts) {
    this.#parts = parts;
    this.#left = [...parts.silent()];
  }

  /** Begins: at once where a canary tells what the silence means, else when the host may answer again. */
  begin(now: number): void {
    if (this.#parts.canary() !== undefined) this.#next(now);
    else this.#parts.timers.at(now + PAUSE, (at) => this.#next(at));
  }

  /** Begins the next round, or ends the review. */
  #next(now: number): void {
    if (this.#left.length === 0) return;
    if (now >= this.#parts.until || this.#barren >= BARREN) {
      for (const port of this.#left.splice(0)) this.#parts.confirm(port, now);
      return;
    }
    const canary = this.#parts.canary();
    this.#begun = now;
    this.#heard = new Set();
    this.#round = [...this.#left.splice(0, this.#size), ...(canary === undefined ? [] : [canary])];
    this.#last = this.#round.at(-1);
    for (const port of this.#round) this.#parts.ask(port);
  }

  /** A port was asked just now; with the last one of the round the wait for the answers begins. */
  sent(port: number, now: number): void {
    if (port !== this.#last) return;
    this.#last = undefined;
    this.#parts.timers.at(now + this.#parts.wait(), (at) => this.#judge(at, port));
  }

  /** A port, or the canary, was answered. */
  answered(port: number): void {
    this.#heard.add(port);
  }

  #judge(now: number, end: number): void {
    const last = this.#round.findLastIndex((port) => this.#heard.has(port));
    const known = this.#heard.has(end);
    const silent = new Set(this.#parts.silent());
    const open = this.#round.flatMap((port, place) => (silent.has(port) ? [{ port, place }] : []));
    for (const { port, place } of open) if (place < last) this.#parts.confirm(port, now);
    this.#left = [...open.flatMap(({ port, place }) => (place < last ? [] : [port])), ...this.#left];
    this.#adapt(known);
    const next = known ? now : Math.max(now, this.#begun + this.#pause);
    this.#parts.timers.at(next, (at) => this.#next(at));
  }

  /** What the round told of how many messages the host has to give. */
  #adapt(known: boolean): void {
    const heard = this.#heard.size;
    this.#barren = heard === 0 ? this.#barren + 1 : 0;
    if (known) {
      this.#size = Math.min(MOST, this.#size * 2);
      return;
    }
    // Where nothing was heard there was nothing to give, and that many were asked is not why.
    if (heard > 0) this.#size = Math.max(2, heard * 2);
    else this.#pause = Math.min(MOST_PAUSE, this.#pause * 2);
    if (heard > 1) this.#pause = Math.max(LEAST_PAUSE, this.#pause / 2);
  }
}
