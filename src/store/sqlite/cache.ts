/**
 * Remembers what was asked for last: at least the `limit` latest keys, at most twice as many.
 */
export class Cache<Key, Value> {
  readonly #limit: number;
  #recent = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    if (this.#recent.size >= this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }

  clear(): void {
    this.#recent.clear();
    this.#older.clear();
  }
}
