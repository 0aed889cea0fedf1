/** Weights of RFC 6298 section 2. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;
const K = 4;

/**
 * How long an answer may take: the round-trip time and its variation, as RFC 6298 estimates them. Times are milliseconds.
 */
export class RoundTrip {
  readonly #least: number;
  readonly #most: number;
  #smoothed: number | undefined;
  #variation = 0;

  /** Before the first sample the wait is `most`; it never is more, nor less than `least`. */
  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
  }

  /** An answer took so long. It must be clear what it answers (Karn's rule). */
  sample(milliseconds: number): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = milliseconds;
      this.#variation = milliseconds / 2;
      return;
    }
    this.#variation = (1 - BETA) * this.#variation + BETA * Math.abs(this.#smoothed - milliseconds);
    this.#smoothed = (1 - ALPHA) * this.#smoothed + ALPHA * milliseconds;
  }

  /** How long to wait for an answer before it is worth another try. */
  get wait(): number {
    if (this.#smoothed === undefined) return this.#most;
    return Math.min(this.#most, Math.max(this.#least, this.#smoothed + K * this.#variation));
  }
}
