/** A line without its end; `cut` where it was longer than lines may be, and the rest is missing. */
export type TextLine = { text: string; cut: boolean };

/** Lines of a text in UTF-16. */
export class WideLines {
  readonly #longest: number;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #held = "";
  #cut = false;

  constructor(longest: number, encoding: "utf-16le" | "utf-16be") {
    this.#longest = longest;
    this.#decoder = new TextDecoder(encoding);
  }

  push(bytes: Uint8Array): TextLine[] {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): TextLine[] {
    const lines = this.#split(this.#decoder.decode());
    return this.#held === "" && !this.#cut ? lines : [...lines, this.#line()];
  }

  #split(text: string): TextLine[] {
    const lines: TextLine[] = [];
    const parts = text.split("\n");
    for (const [index, part] of parts.entries()) {
      const kept = part.slice(0, this.#longest - this.#held.length);
      this.#cut ||= kept.length < part.length;
      this.#held += kept;
      if (index < parts.length - 1) lines.push(this.#line());
    }
    return lines;
  }

  #line(): TextLine {
    const line = { text: this.#held.replace(/\r$/, ""), cut: this.#cut };
    this.#held = "";
    this.#cut = false;
    return line;
  }
}
