/** Bytes that are gathered: what came since the last question, and of everything as much as is shown. */
export class Received {
  readonly #mostKept: number;
  #chunks: Uint8Array[] = [];
  #length = 0;
  readonly #kept: Uint8Array[] = [];
  #keptLength = 0;

  /** Of everything that ever came, the first `mostKept` bytes are kept. */
  constructor(mostKept: number) {
    this.#mostKept = mostKept;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const room = this.#mostKept - this.#keptLength;
    if (room <= 0) return;
    const kept = chunk.subarray(0, room);
    this.#kept.push(kept);
    this.#keptLength += kept.length;
  }

  /** How much came since the last question. */
  get length(): number {
    return this.#length;
  }

  /** All that came since the last question. */
  sinceQuestion(): Uint8Array {
    const only = this.#chunks[0];
    if (only !== undefined && this.#chunks.length === 1) return only;
    const all = joined(this.#chunks, this.#length);
    this.#chunks = this.#length === 0 ? [] : [all];
    return all;
  }

  /** A question was sent: what came before is not shown again. */
  question(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  /** Everything, as far as it was kept. */
  everything(): Uint8Array {
    return joined(this.#kept, this.#keptLength);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
