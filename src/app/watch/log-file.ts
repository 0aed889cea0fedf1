import { closeSync, constants, openSync, writeSync } from "node:fs";
import { Problem } from "../../model/problem.ts";

/** A file that grows by lines while something is watched. */
export type LogFile = {
  /** Appends whole lines, at once. What cannot be written is counted, and said in the file once it can be written again. */
  write(lines: string): void;
  /** Why lines are missing at this moment; undefined while it can be written. */
  readonly trouble: string | undefined;
  /** Lines that could not be written so far. */
  readonly missing: number;
  close(): void;
};

/**
 * Opens the file at `path` to append to it, or makes it. It stays the same file when it is renamed: who rotates it copies
 * and truncates. @throws Problem `output-failed` where it cannot be opened or takes no `heading`.
 */
export function openLogFile(path: string, heading: string): LogFile {
  return failing(path, () => {
    // Without O_NONBLOCK a pipe that nobody reads would be waited for.
    const { O_WRONLY, O_CREAT, O_APPEND, O_NONBLOCK } = constants;
    const log = new GrowingFile(openSync(path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK, 0o666));
    log.begin(heading);
    return log;
  });
}

class GrowingFile implements LogFile {
  readonly #descriptor: number;
  #failure: unknown;
  missing = 0;
  /** Of those, the ones of which the file does not speak yet. */
  #unsaid = 0;
  /** The last line was cut short. */
  #torn = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  get trouble(): string | undefined {
    return this.#failure === undefined ? undefined : why(this.#failure);
  }

  write(lines: string): void {
    if (this.#unsaid > 0 && this.#append(this.#confession()) === 0) this.#unsaid = 0;
    const missing = this.#unsaid > 0 ? countLines(Buffer.from(lines)) : this.#append(lines);
    this.missing += missing;
    this.#unsaid += missing;
    if (missing === 0) this.#failure = undefined;
  }

  /** @throws the system's error. */
  begin(heading: string): void {
    if (this.#append(heading) > 0) throw this.#failure;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #confession(): string {
    return `# ${this.#unsaid} ${this.#unsaid === 1 ? "line is" : "lines are"} missing: ${this.trouble}\n`;
  }

  /** How many lines of `text` could not be written. */
  #append(text: string): number {
    const bytes = Buffer.from(this.#torn ? `\n${text}` : text, "utf8");
    let written = 0;
    try {
      while (written < bytes.length) {
        written += writeSync(this.#descriptor, bytes, written);
        this.#torn = bytes[written - 1] !== NEWLINE;
      }
    } catch (error) {
      this.#failure = error;
    }
    return countLines(bytes.subarray(written));
  }
}

const NEWLINE = 0x0a;

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Problem("output-failed", `could not write ${path}`, {
      why: why(cause),
      next: "name a file in a folder that is there, on a disk with room",
      cause,
    });
  }
}
