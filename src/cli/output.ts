import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { Problem } from "../model/problem.ts";
import { isErrno } from "./errno.ts";

/** Where a verb writes: its standard output, or its standard error. */
export type Output = {
  /** Writes all of `text`, waiting for a slow reader. What a closed pipe can no longer take is dropped: that is no error. */
  write(text: string): void;
  /** Whether nobody can read any more what is written: the other end of the pipe is closed. Absent: never. */
  abandoned?(): boolean;
  /** The terminal's width in characters; absent where this is no terminal. */
  readonly columns: number | undefined;
  readonly colour: boolean;
  /** True when nobody reads any more: whoever has much left to write need not. */
  readonly closed?: boolean;
};

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/**
 * An output on a file descriptor that writes at once and completely, also into a pipe that another program left in
 * non-blocking mode. Throws `output-failed` when the bytes cannot be written (disk full, input/output error).
 */
export function descriptorOutput(descriptor: 1 | 2, environment: NodeJS.ProcessEnv): Output {
  let closed = false;
  const columns = terminalColumns(descriptor);
  return {
    columns,
    colour: columns !== undefined && !environment.NO_COLOR && environment.TERM !== "dumb",
    get closed() {
      return closed;
    },
    write(text) {
      if (!closed) closed = !writeAll(descriptor, Buffer.from(text, "utf8"));
    },
    abandoned: () => closed || hasNoReader(descriptor),
  };
}

/**
 * Whether `descriptor` is a pipe that nobody reads. To open it once more for writing fails then, without waiting (fifo(7),
 * open(2), ENXIO); writing would tell it as well, but only when there is something to write.
 */
function hasNoReader(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isFIFO()) return false;
    closeSync(openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    return isErrno(error, "ENXIO");
  }
}

/** Whether the reader is still there after all of `bytes`. */
function writeAll(descriptor: number, bytes: Buffer): boolean {
  let pause = 1;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
      pause = 1;
    } catch (error) {
      if (isErrno(error, "EPIPE")) return false;
      if (!isErrno(error, "EAGAIN")) throw outputFailed(descriptor, error);
      // A full non-blocking pipe. Nothing else runs in this process while it prints, so the thread may simply wait.
      Atomics.wait(PAUSE, 0, 0, pause);
      pause = Math.min(pause * 2, 50);
    }
  }
  return true;
}

function outputFailed(descriptor: number, error: unknown): Problem {
  const where = descriptor === 1 ? "standard output" : "standard error";
  return new Problem("output-failed", `could not write to ${where}`, {
    why: error instanceof Error ? error.message : String(error),
    next: "make room, or send the output elsewhere",
    cause: error,
  });
}

/** Character device 1:3 (Linux, Documentation/admin-guide/devices.txt): asking it for its width would load a terminal. */
const DEV_NULL = 0x103;

/** `process.stdout` costs milliseconds to open, so only what may be a terminal is asked. */
function terminalColumns(descriptor: 1 | 2): number | undefined {
  try {
    const status = fstatSync(descriptor);
    if (!status.isCharacterDevice() || status.rdev === DEV_NULL) return undefined;
  } catch {
    return undefined; // the descriptor is closed: no terminal either
  }
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  return stream.isTTY ? stream.columns || 80 : undefined;
}
