import type { Socket } from "node:net";

/** Payload over a set of connections, seen from the program at their other end. */
export class Tally {
  readonly #sockets: Socket[] = [];

  /** Counts `socket` too, now and later. */
  add(socket: Socket): void {
    this.#sockets.push(socket);
  }

  get connections(): number {
    return this.#sockets.length;
  }

  /** Whether there were connections and all of them are over. */
  get closed(): boolean {
    return this.#sockets.length > 0 && this.#sockets.every((socket) => socket.destroyed);
  }

  /** What the other end received is what was written here, and the other way round. */
  get other(): { bytesIn: number; bytesOut: number } {
    let bytesIn = 0;
    let bytesOut = 0;
    for (const socket of this.#sockets) {
      bytesIn += socket.bytesWritten;
      bytesOut += socket.bytesRead;
    }
    return { bytesIn, bytesOut };
  }
}
