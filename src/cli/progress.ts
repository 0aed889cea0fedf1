import type { Output } from "./output.ts";

/** How long work may take before it says how far it is, and how often it says so, in milliseconds. */
const PATIENCE = 1000;

/** Says on a terminal how far long work is. */
export type Progress = {
  /** `text` is asked for when it is due. */
  show(text: () => string): void;
  /** Takes away what was shown. */
  end(): void;
};

/** Progress on `stderr`, where that is a terminal; `seen` says that what is put out shows it already. */
export function createProgress(stderr: Output, seen: boolean): Progress {
  const wanted = stderr.columns !== undefined && !seen;
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
