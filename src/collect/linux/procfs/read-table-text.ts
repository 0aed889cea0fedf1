import { closeSync, openSync, readSync } from "node:fs";
import { refusalOf } from "../owners/proc-file.ts";

/** The kernel fills one page for each read of a table, and no line of a table is as long as the rest that we allow. */
const PAGE = 4_096;
const LONGEST_LINE = 512;
const CHUNK = 65_536;

let buffer: Buffer | undefined;

/**
 * The whole text of a table in /proc/PID/net. Each read of `tcp` walks the kernel's hash of connections to its end,
 * 2 ms on a machine of 24 GB with hardly a socket, and a read that only finds out that there is no more walks it again.
 * So a read that left room for another line is taken for the last: `seq_read_iter` (fs/seq_file.c) stops early only
 * where the next line does not fit into its page. Absent when the process is gone or may not be read.
 */
export function readTableText(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
  buffer ??= Buffer.allocUnsafeSlow(CHUNK);
  let text = "";
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, CHUNK, null);
      text += buffer.toString("latin1", 0, length);
      if (length <= PAGE - LONGEST_LINE) return text;
    }
  } catch (error) {
    refusalOf(error);
    return undefined;
  } finally {
    closeSync(file);
  }
}
