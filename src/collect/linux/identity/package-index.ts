/** More paths than any machine has; the rest would belong to no package. */
const LIMIT = 2_000_000;
/** What no process executes, and what makes up half of all paths. */
const NOT_EXECUTED = ["/usr/share/doc/", "/usr/share/man/", "/usr/share/locale/", "/usr/share/icons/"].map((folder) =>
  Buffer.from(folder),
);
const NEWLINE = 10;
const USR = Buffer.from("/usr/");

/**
 * Which package may own a path, in eight bytes for each: a hash of the path, and the number of its package. Two paths may
 * have the same hash, so that whoever asks looks into the lists of the packages that are named.
 */
export class PackageIndex {
  #entries = new Float64Array(1 << 16);
  #size = 0;

  /** Adds the paths of `list`, the content of a package's list file: one path a line. Fewer packages than 65,536. */
  add(list: Uint8Array, number: number): void {
    for (let at = 0; at < list.length; ) {
      const newline = list.indexOf(NEWLINE, at);
      const end = newline < 0 ? list.length : newline;
      if (!NOT_EXECUTED.some((folder) => startsWith(list, at, folder)))
        this.#push(hash(list, at, end) * 65_536 + number);
      at = end + 1;
    }
  }

  /** Puts the index in order, once all is added. */
  seal(): void {
    this.#entries = this.#entries.slice(0, this.#size).sort();
  }

  /** The numbers of the packages that may own `path`. */
  candidates(path: string): number[] {
    const bytes = Buffer.from(path);
    const key = hash(bytes, 0, bytes.length) * 65_536;
    const found: number[] = [];
    for (let at = this.#from(key); at < this.#size; at++) {
      const number = (this.#entries[at] ?? 0) - key;
      if (number >= 65_536) break;
      found.push(number);
    }
    return found;
  }

  #push(entry: number): void {
    if (this.#size >= LIMIT) return;
    if (this.#size === this.#entries.length) {
      const larger = new Float64Array(this.#size * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    this.#entries[this.#size] = entry;
    this.#size++;
  }

  /** Where the first entry is that is not below `key`. */
  #from(key: number): number {
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * FNV-1a of a path, in 32 bits. Without `/usr` in front, since `/bin` is a link to `/usr/bin` on most machines, and the
 * lists still name the one or the other.
 */
function hash(bytes: Uint8Array, from: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = startsWith(bytes, from, USR) ? from + 4 : from; at < end; at++) {
    value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
  }
  return value >>> 0;
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false;
  return true;
}
