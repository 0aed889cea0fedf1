import type { Output } from "./output.ts";

/** How long work may take before it says how far it is, and how often it says so, in milliseconds. */
const PATIENCE = 1000;

/** Says on a terminal how far long work is, unless what it puts out shows that already. */
export type Progress = {
  /** `text` is asked for when it is due. */
  show(text: () => string): void;
  /** Takes away what was shown. */
  end(): void;
};

/** Progress on `stderr`, where that is a terminal and `stdout` is none. */
export function createProgress(stderr: Output, stdout: Output): Progress {
  const wanted = stderr.columns !== undefined && stdout.columns === undefined;
  let due = performance.now() + PATIENCE;
  let shown = false;
  return {
    show(text) {
      if (!wanted || performance.now() < due) return;
      stderr.write(`\r\x1b[K${text()}`);
      shown = true;
      due = performance.now() + PATIENCE;
    },
    end() {
      if (shown) stderr.write("\r\x1b[K");
    },
  };
}
