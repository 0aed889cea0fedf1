import { type Micros, micros } from "../../model/time.ts";

export const HOUR: Micros = micros(3_600_000);

/** Hours that are remembered for each kind of question, and how much of one at most: longer answers are asked for again. */
const REMEMBERED = 1024;
const LONGEST = 100;

/**
 * Remembers what a record answered for a whole hour: most lines of a log are about the same few ports, minute by minute. An
 * hour that is still being written is asked for again.
 */
export class HourCache<T> {
  readonly #answers = new Map<string, readonly T[]>();

  /** What `ask` answers for each hour that touches the interval, `about` a subject. */
  async of(
    about: string,
    from: Micros,
    until: Micros,
    written: Micros,
    ask: (since: Micros) => Promise<T[]>,
  ): Promise<T[]> {
    const found: T[] = [];
    for (let since = Math.floor(from / HOUR) * HOUR; since <= until; since += HOUR) {
      const key = `${since} ${about}`;
      const known = this.#answers.get(key) ?? (await ask(since));
      found.push(...known);
      if (since + HOUR <= written && known.length <= LONGEST) this.#keep(key, known);
    }
    return found;
  }

  #keep(key: string, answer: readonly T[]): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > REMEMBERED && oldest !== undefined) this.#answers.delete(oldest);
  }
}
