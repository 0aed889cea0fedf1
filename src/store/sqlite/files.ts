import { accessSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../../model/problem.ts";

/**
 * Makes the folder of the record at `path` where it is missing. @throws Problem `not-permitted` or `record-failed` where no
 * file can be made in it.
 */
export function makeFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refused(error, `no record can be kept in ${folder}`, `name a file in a folder of yours with --store`);
  }
}

/** @throws Problem `no-record` where there is no file at `path`, `not-permitted` where this user may not read it. */
export function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw refused(error, `${path} cannot be read`, `ls -l ${path}`);
    throw new Problem("no-record", `there is no record at ${path}`, {
      why: "No recorder has run, or it writes to another file.",
      next: `./portolan record --store ${path}`,
      cause: error,
    });
  }
}

function refused(error: unknown, what: string, next: string): Problem {
  const code = codeOf(error) === "EACCES" || codeOf(error) === "EPERM" ? "not-permitted" : "record-failed";
  return new Problem(code, what, { why: error instanceof Error ? error.message : String(error), next, cause: error });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
