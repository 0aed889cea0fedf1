/** What is done then, told the moment at which it is done. */
type Task = (now: number) => void;
type Timer = { at: number; run: Task };

/** What is to be done later, the earliest first: a binary heap, because thousands wait at once. */
export class Timers {
  readonly #heap: Timer[] = [];

  /** Has `run` called at or after the moment `at`, in milliseconds of the caller's clock. */
  at(at: number, run: Task): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push({ at, run });
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLater(parent, index)) break;
      index = parent;
    }
  }

  /** Runs what is due at `now`. */
  run(now: number): void {
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.#removeFirst();
      first.run(now);
    }
  }

  /** When the next is due. */
  get next(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = (heap[right]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? right : left;
      if (child >= heap.length || !this.#swapIfLater(index, child)) return;
      index = child;
    }
  }

  #swapIfLater(upper: number, lower: number): boolean {
    const above = this.#heap[upper];
    const below = this.#heap[lower];
    if (above === undefined || below === undefined || above.at <= below.at) return false;
    this.#heap[upper] = below;
    this.#heap[lower] = above;
    return true;
  }
}
