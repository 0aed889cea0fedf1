import { ByteLines } from "./byte-lines.ts";
import { type TextLine, WideLines } from "./wide-lines.ts";

export type { TextLine } from "./wide-lines.ts";

type Lines = { push(bytes: Uint8Array): TextLine[]; end(): TextLine[] };

/**
 * Lines of a text that arrives in pieces. A byte order mark says that it is UTF-16 (Unicode Standard, section 23.8); else
 * each line is UTF-8, or Windows-1252 where it is no UTF-8: then the bytes of any other code page survive as one character
 * each. Holds no more than one line of `longest` characters; what is longer is cut, and says so.
 */
export class TextLines {
  readonly #longest: number;
  /** The first bytes, until there are enough to know the encoding. */
  #first: Uint8Array | undefined = new Uint8Array();
  #lines: Lines | undefined;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end within `bytes`. */
  push(bytes: Uint8Array): TextLine[] {
    if (this.#lines !== undefined) return this.#lines.push(bytes);
    const first = Uint8Array.from([...(this.#first ?? []), ...bytes.subarray(0, MARK)]);
    const rest = bytes.subarray(MARK);
    this.#first = first;
    if (first.length < MARK) return [];
    const lines = this.#begin(first);
    return rest.length === 0 ? lines : [...lines, ...this.push(rest)];
  }

  /** The last line, where no line feed ends it. */
  end(): TextLine[] {
    const lines = this.#lines === undefined ? this.#begin(this.#first ?? new Uint8Array()) : [];
    return [...lines, ...(this.#lines?.end() ?? [])];
  }

  #begin(first: Uint8Array): TextLine[] {
    const [one, two, three] = first;
    const wide = one === 0xff && two === 0xfe ? "utf-16le" : one === 0xfe && two === 0xff ? "utf-16be" : undefined;
    const marked = one === 0xef && two === 0xbb && three === 0xbf;
    this.#lines = wide === undefined ? new ByteLines(this.#longest) : new WideLines(this.#longest, wide);
    this.#first = undefined;
    return this.#lines.push(first.subarray(wide === undefined ? (marked ? 3 : 0) : 2));
  }
}

/** Bytes of the longest mark: that of UTF-8. */
const MARK = 3;
