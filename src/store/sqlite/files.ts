import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../../model/problem.ts";

/**
 * Makes the folder of the record at `path` where it is missing. @throws Problem `not-permitted` or `record-failed` where no
 * file can be made in it, `bad-record` where there is something else than a file.
 */
export function makeFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    requireFile(path);
  } catch (error) {
    throw refused(error, `no record can be kept in ${folder}`, `name a file in a folder of yours with --store`);
  }
}

/**
 * @throws Problem `no-record` where there is nothing at `path`, `bad-record` where it is no file, `not-permitted` where this
 * user may not read it.
 */
export function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
    requireFile(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw refused(error, `${path} cannot be read`, `ls -l ${path}`);
    throw new Problem("no-record", `there is no record at ${path}`, {
      why: "No recorder has run, or it writes to another file.",
      next: `./portolan record --store ${path}`,
      cause: error,
    });
  }
}

function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== false) return;
  throw new Problem("bad-record", `${path} is no file`, {
    why: "It is a folder, a pipe or a device.",
    next: "name a file with --store",
  });
}

function refused(error: unknown, what: string, next: string): Problem {
  if (error instanceof Problem) return error;
  const code = codeOf(error) === "EACCES" || codeOf(error) === "EPERM" ? "not-permitted" : "record-failed";
  return new Problem(code, what, { why: error instanceof Error ? error.message : String(error), next, cause: error });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
