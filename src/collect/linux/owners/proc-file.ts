import { closeSync, openSync, readFileSync, readlinkSync, readSync } from "node:fs";

/** Why something under /proc could not be read: the process ended meanwhile, or this user may not look. */
export type Refusal = "gone" | "denied";

/**
 * The refusal that a failed file system call on /proc stands for. A process may end between any two calls, which shows
 * as ENOENT or ESRCH and is no error (proc_pid_fd(5), proc_pid_maps(5)). Anything else is thrown again.
 */
export function refusalOf(error: unknown): Refusal {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ESRCH" || code === "ENOTDIR") return "gone";
  if (code === "EACCES" || code === "EPERM") return "denied";
  throw error;
}

/** The text of `path`; bytes that are not UTF-8 become U+FFFD. Absent when it is gone or may not be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
}

/** The target of the symbolic link `path`. Absent when it is gone or may not be read. */
export function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
}

/**
 * The first `limit` bytes of `path`, and whether there were more: for files whose length a stranger chooses, such as a
 * command line of megabytes. Absent when it is gone or may not be read.
 */
export function readStart(path: string, limit: number): { text: string; cut: boolean } | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    refusalOf(error);
    return undefined;
  }
  try {
    const bytes = Buffer.allocUnsafe(limit + 1);
    let length = 0;
    while (length <= limit) {
      const read = readSync(file, bytes, length, limit + 1 - length, null);
      if (read === 0) break;
      length += read;
    }
    return { text: bytes.toString("utf8", 0, Math.min(length, limit)), cut: length > limit };
  } catch (error) {
    refusalOf(error);
    return undefined;
  } finally {
    closeSync(file);
  }
}
