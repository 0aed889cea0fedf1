import { type LogFile, openLogFile } from "../../app/watch/log-file.ts";
import type { Watch } from "../../app/watch/watch.ts";
import type { Change } from "../../model/change.ts";
import { Problem } from "../../model/problem.ts";
import { visible } from "../visible.ts";
import { createTextLines } from "./text-lines.ts";
import { watchingText } from "./words.ts";

/** The file that `--log` appends to: the lines of the text form, between comments that say what they are. */
export type Log = {
  /** Says that the watch began. */
  begin(watch: Watch): void;
  add(changes: readonly Change[]): void;
  /** Says how it ended, and closes the file. */
  end(text: string): void;
  /** Why lines are missing at this moment; undefined while none are. */
  readonly trouble: string | undefined;
  /** Throws `output-failed` where lines are missing in the end. */
  settle(): void;
};

/** Opens the log at `path` for a watch of `subject`. @throws Problem `output-failed`. */
export function openLog(path: string, subject: string, host: string): Log {
  const file: LogFile = openLogFile(path, comment(`portolan watch on ${visible(host)}: ${subject}`));
  const line = createTextLines();
  return {
    begin(watch) {
      const missing = watch.degradations.map(({ what }) => comment(`left out: ${visible(what)}`));
      file.write([comment(watchingText(watch)), ...missing].join(""));
    },
    add(changes) {
      if (changes.length > 0) file.write(changes.map(line).join(""));
    },
    end(text) {
      file.write(comment(text));
      file.close();
    },
    get trouble() {
      return file.trouble;
    },
    settle() {
      if (file.missing === 0) return;
      const lines = file.missing === 1 ? "1 line" : `${file.missing} lines`;
      throw new Problem("output-failed", `${lines} could not be written to ${path}`, {
        ...(file.trouble !== undefined && { why: file.trouble }),
        next: "make room, and watch again",
      });
    },
  };
}

function comment(text: string): string {
  return `# ${new Date().toISOString()}  ${text}\n`;
}
