/** Packets a second at the start, while nothing is known of the way. */
const START = 4_000;
/** How fast it may become while the host is silent, and while it answers. */
const MOST_SILENT = 5_000;
const MOST_ANSWERED = 50_000;
const LEAST = 20;
/** How long a speed is tried before it changes, in milliseconds. */
const INTERVAL = 100;
/** What may be sent at once, as milliseconds of the speed: timers are no finer. */
const BURST = 5;

/**
 * How fast packets are sent: twice as fast every interval as long as nothing tells of a loss, half as fast after one, and
 * from then on by small steps. It is a speed and no window, because silent ports give no answers to count a window by.
 * Times are milliseconds.
 */
export class Pace {
  #speed = START;
  #credit = 1;
  #last: number;
  #intervalEnd: number;
  #sent = 0;
  #answered = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;

  constructor(now: number) {
    this.#last = now;
    this.#intervalEnd = now + INTERVAL;
  }

  /** How many packets may be sent now. */
  allowance(now: number): number {
    if (now >= this.#intervalEnd) this.#adjust(now);
    const most = Math.max(1, (this.#speed * BURST) / 1000);
    this.#credit = Math.min(most, this.#credit + ((now - this.#last) * this.#speed) / 1000);
    this.#last = now;
    return Math.floor(this.#credit);
  }

  /** When the next may be sent. */
  next(now: number): number {
    return this.#credit >= 1 ? now : now + ((1 - this.#credit) * 1000) / this.#speed;
  }

  sent(count: number): void {
    this.#credit -= count;
    this.#sent += count;
  }

  answered(): void {
    this.#answered++;
  }

  /** What was sent at `sentAt` was lost. */
  lost(sentAt: number, now: number): void {
    // What was sent before the last change tells nothing about the speed since.
    if (sentAt < this.#slowedAt) return;
    this.#slowedAt = now;
    this.#speed = Math.max(LEAST, this.#speed / 2);
    this.#begin(now);
  }

  #adjust(now: number): void {
    const used = this.#sent >= (this.#speed * INTERVAL) / 2000;
    const most = this.#answered * 2 >= this.#sent ? MOST_ANSWERED : Math.max(MOST_SILENT, this.#speed);
    const factor = this.#slowedAt === Number.NEGATIVE_INFINITY ? 2 : 1.1;
    if (used) this.#speed = Math.min(most, this.#speed * factor);
    this.#begin(now);
  }

  #begin(now: number): void {
    this.#intervalEnd = now + INTERVAL;
    this.#sent = 0;
    this.#answered = 0;
  }
}
