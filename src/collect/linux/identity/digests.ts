import { createHash } from "node:crypto";
import { close, read } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/** Files that wait at most; of more the hash stays unknown. */
const WAITING = 256;
/** The largest file that is read, in bytes. */
const LARGEST = 512 << 20;
/** How much is read at once, and how long nothing is read after it: at most 16 MB a second. */
const PIECE = 256 << 10;
const PAUSE_MILLISECONDS = 16;

const readPiece = promisify(read);
const closeFile = promisify(close);

/** Hashes files one after the other, so slowly that nobody notices. */
export type Digests = {
  /** Hashes the open `file` and closes it, then calls `done`: with nothing where it is too large or cannot be read. */
  add(file: number, size: number, done: (sha256: string | undefined) => void): void;
  /** Gives up what still waits. */
  close(): void;
};

export function createDigests(): Digests {
  const waiting: { file: number; done: (sha256: string | undefined) => void }[] = [];
  let working = false;
  let closed = false;
  const work = async (): Promise<void> => {
    working = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const digest = closed ? undefined : await digestOf(next.file, () => closed);
      await closeFile(next.file);
      next.done(digest);
    }
    working = false;
  };
  return {
    add(file, size, done) {
      if (closed || size > LARGEST || waiting.length >= WAITING) {
        close(file);
        done(undefined);
        return;
      }
      waiting.push({ file, done });
      if (!working) void work();
    },
    close() {
      closed = true;
    },
  };
}

/** SHA-256 in hexadecimal of the open file; undefined where it cannot be read, or where `stopped` says so meanwhile. */
async function digestOf(file: number, stopped: () => boolean): Promise<string | undefined> {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafeSlow(PIECE);
  try {
    for (let at = 0; ; ) {
      const { bytesRead } = await readPiece(file, piece, 0, PIECE, at);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
      await pause(PAUSE_MILLISECONDS, undefined, { ref: false });
      if (stopped()) return undefined;
    }
  } catch {
    return undefined;
  }
}
