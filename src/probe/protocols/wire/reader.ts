/** The bytes are not what they announce: they end too early, or contradict themselves. */
export class Malformed extends Error {}

/** What `read` makes of bytes from a stranger; undefined where they are malformed. Any other error is our own. */
export function parsed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Reads numbers and bytes one after another, and throws `Malformed` rather than go past the end. */
export class Reader {
  readonly #view: DataView;
  readonly #little: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, order: "big" | "little" = "big") {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = order === "little";
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), this.#little);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), this.#little);
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + from, length);
  }

  /** The bytes up to a NUL, which is passed over, or up to the end. */
  untilNul(): Uint8Array {
    const rest = new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#at, this.left);
    const end = rest.indexOf(0);
    this.skip(end < 0 ? rest.length : end + 1);
    return end < 0 ? rest : rest.subarray(0, end);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  /** Goes on to the next multiple of `size` bytes, counted from the first. */
  align(size: number): void {
    this.skip((size - (this.#at % size)) % size);
  }

  #advance(length: number): number {
    const from = this.#at;
    if (length > this.left) throw new Malformed(`${length} bytes wanted, ${this.left} left`);
    this.#at += length;
    return from;
  }
}
