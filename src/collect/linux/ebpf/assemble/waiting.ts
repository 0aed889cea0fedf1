/**
 * Halves that wait for their other half, by cookie. A sweep may come between the two at any moment, so that each waits
 * for one whole sweep at least.
 */
export class Waiting<Half> {
  #now = new Map<number, Half>();
  #before = new Map<number, Half>();

  set(cookie: number, half: Half): void {
    this.#now.set(cookie, half);
  }

  /** The half that waited, which no longer does; undefined where there was none. */
  take(cookie: number): { value: Half } | undefined {
    for (const halves of [this.#now, this.#before]) {
      const value = halves.get(cookie);
      if (halves.delete(cookie)) return { value: value as Half };
    }
    return undefined;
  }

  /** A sweep ended: those that have waited since the one before, in the order in which they came. */
  age(): Iterable<Half> {
    const old = this.#before.values();
    this.#before = this.#now;
    this.#now = new Map();
    return old;
  }
}
