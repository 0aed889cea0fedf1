import { isatty } from "node:tty";
import { Problem } from "../model/problem.ts";

/** What a verb reads: its standard input. */
export type Input = {
  readonly terminal: boolean;
  /** All of it, as it arrives. Throws `bad-log` where it cannot be read. */
  read(): AsyncIterable<Uint8Array>;
};

/** Standard input of this process. */
export function processInput(): Input {
  return {
    terminal: isatty(0),
    async *read() {
      try {
        for await (const bytes of process.stdin) yield bytes;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Problem("bad-log", "standard input cannot be read", { why, next: "ls -l /dev/stdin", cause: error });
      }
    },
  };
}
