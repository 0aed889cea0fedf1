/** Share of the rate that comes by and by. The rest may be sent at once, since timers are only so fine. */
const STEADY = 0.97;

/** A number of packets that is exceeded in no second, whatever happens. Times are milliseconds. */
export class Ceiling {
  readonly #perMillisecond: number;
  readonly #most: number;
  #credit = 1;
  #last: number;

  /** At most `rate` packets in any second: what may be sent at once is taken off what comes by and by. */
  constructor(rate: number, now: number) {
    this.#most = Math.max(1, rate * (1 - STEADY));
    this.#perMillisecond = (rate * STEADY) / 1000;
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
