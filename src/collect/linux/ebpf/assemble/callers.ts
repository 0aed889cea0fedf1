/** Stacks kept in mind, each of one process: the worker tells one right before its first record. */
const KEPT = 20_000;

/** The callers of stacks, by the process that a stack is of. */
export class Callers {
  readonly #known = new Map<string, string[]>();

  keep(pid: number, stack: number, callers: string[]): void {
    const key = `${pid}:${stack}`;
    this.#known.delete(key);
    this.#known.set(key, callers);
    const oldest = this.#known.keys().next();
    if (this.#known.size > KEPT && !oldest.done) this.#known.delete(oldest.value);
  }

  of(pid: number, stack: number): string[] | undefined {
    return this.#known.get(`${pid}:${stack}`);
  }
}
