import { closeSync, openSync, read, readSync } from "node:fs";
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
  const file = openTable(path);
  if (file === undefined) return undefined;
  try {
    return restOfTable(file, "");
  } finally {
    closeSync(file);
  }
}

/** `readTableText` whose first read, the longest one, is a thread's of Node while the main thread goes on. */
export async function readTableInThread(path: string): Promise<string | undefined> {
  const file = openTable(path);
  if (file === undefined) return undefined;
  const own = Buffer.allocUnsafeSlow(CHUNK);
  try {
    const length = await new Promise<number>((resolve, reject) => {
      read(file, own, 0, CHUNK, null, (error, count) => (error ? reject(error) : resolve(count)));
    });
    const text = own.toString("latin1", 0, length);
    return isLast(length) ? text : restOfTable(file, text);
  } catch (error) {
    refusalOf(error);
    return undefined;
  } finally {
    closeSync(file);
  }
}

function openTable(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
}

/** `text` and what is still to be read from `file`. */
function restOfTable(file: number, start: string): string | undefined {
  buffer ??= Buffer.allocUnsafeSlow(CHUNK);
  let text = start;
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, CHUNK, null);
      text += buffer.toString("latin1", 0, length);
      if (isLast(length)) return text;
    }
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
}

function isLast(length: number): boolean {
  return length <= PAGE - LONGEST_LINE;
}
