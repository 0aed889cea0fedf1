/** At most so many conversations are led at once. */
const MOST = 64;

/** Runs conversations beside each other, a bounded number at once. */
export class Talks {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #running = new Set<Promise<void>>();

  /** Has `lead` run as soon as there is room. */
  add(lead: () => Promise<void>): void {
    this.#waiting.push(lead);
    this.#fill();
  }

  #fill(): void {
    while (this.#running.size < MOST) {
      const lead = this.#waiting.shift();
      if (lead === undefined) return;
      const running: Promise<void> = lead().finally(() => {
        this.#running.delete(running);
        this.#fill();
      });
      this.#running.add(running);
    }
  }

  /** Waits for all of them. Rejects as soon as one does. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
