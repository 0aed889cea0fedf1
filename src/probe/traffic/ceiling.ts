/** What may be sent at once, as milliseconds of the rate: timers are no finer. */
const BURST = 10;
/** Share of the rate that is used: a packet may leave a little later than it was counted. */
const USED = 0.99;

/** A number of packets that is exceeded in no second, whatever happens. Times are milliseconds. */
export class Ceiling {
  readonly #perMillisecond: number;
  readonly #most: number;
  #credit = 1;
  #last: number;

  /** At most `rate` packets in any second: what may come at once is taken off what comes by and by. */
  constructor(rate: number, now: number) {
    this.#most = Math.max(1, Math.floor((rate * BURST) / 1000));
    this.#perMillisecond = ((rate - this.#most + 1) * USED) / 1000;
    this.#last = now;
  }

  allowance(now: number): number {
    this.#credit = Math.min(this.#most, this.#credit + (now - this.#last) * this.#perMillisecond);
    this.#last = now;
    return Math.floor(this.#credit);
  }

  next(now: number): number {
    return this.#credit >= 1 ? now : now + (1 - this.#credit) / this.#perMillisecond;
  }

  sent(count: number): void {
    this.#credit -= count;
  }
}
