import type { SocketRecord } from "./socket-record.ts";

/**
 * Names of TCP listeners. The kernel's identity of a socket comes back with another socket once it has closed, and its
 * closing may be lost: when it opened tells the two apart.
 */
export class Listeners {
  readonly #open = new Map<number, { openedNanos: number; name: string }>();
  #count = 0;

  /** The name of the listener that the record is about, the same for each record of it. */
  name({ identity, openedNanos }: SocketRecord): string {
    const known = this.#open.get(identity);
    if (known?.openedNanos === openedNanos) return known.name;
    const name = `tcp:listener:${++this.#count}`;
    this.#open.set(identity, { openedNanos, name });
    return name;
  }

  /** It closed: its name, or undefined where it was never told. */
  closed({ identity, openedNanos }: SocketRecord): string | undefined {
    const known = this.#open.get(identity);
    if (known?.openedNanos !== openedNanos) return undefined;
    this.#open.delete(identity);
    return known.name;
  }
}
