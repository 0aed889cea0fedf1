import type { TextLine } from "./wide-lines.ts";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Lines of a text whose characters are bytes, or sequences of bytes without a line feed among them. */
export class ByteLines {
  readonly #longest: number;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  readonly #bytes = new TextDecoder("windows-1252");
  /** The line that has no end yet, as far as it is kept. */
  #held: Uint8Array[] = [];
  #size = 0;
  #cut = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(bytes: Uint8Array): TextLine[] {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      this.#hold(bytes.subarray(from, end));
      lines.push(this.#line());
      from = end + 1;
    }
    // The piece belongs to whoever gave it: what outlives this call is copied.
    this.#hold(Uint8Array.from(bytes.subarray(from)));
    return lines;
  }

  end(): TextLine[] {
    return this.#size === 0 && !this.#cut ? [] : [this.#line()];
  }

  #hold(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, this.#longest - this.#size);
    this.#cut ||= kept.length < bytes.length;
    if (kept.length === 0) return;
    this.#held.push(kept);
    this.#size += kept.length;
  }

  #line(): TextLine {
    const [first = new Uint8Array()] = this.#held;
    const bytes = this.#held.length <= 1 ? first : joined(this.#held, this.#size);
    const text = this.#text(bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes);
    const line = { text, cut: this.#cut };
    this.#held = [];
    this.#size = 0;
    this.#cut = false;
    return line;
  }

  #text(bytes: Uint8Array): string {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      return this.#bytes.decode(bytes);
    }
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
