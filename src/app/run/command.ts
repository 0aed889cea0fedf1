import { accessSync, constants, type Stats, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../../model/problem.ts";
import { noProgram } from "./image.ts";

/**
 * The file that `name` would run, found as a shell does (execvp(3)). Nothing is started.
 * @throws Problem `command-not-found`, or `command-not-executable` where a file is there and may not be run.
 */
export function resolveCommand(name: string, searchPath: string | undefined): string {
  const candidates = name.includes("/") ? [name] : inFolders(name, searchPath ?? DEFAULT_PATH);
  let unusable: string | undefined;
  for (const candidate of name === "" ? [] : candidates) {
    const file = look(candidate);
    if (file === "executable") return program(candidate);
    if (file === "other") unusable ??= candidate;
  }
  if (unusable !== undefined) throw notExecutable(unusable);
  throw notFound(name);
}

/** What execvp(3) of glibc searches when PATH is not set. */
const DEFAULT_PATH = "/bin:/usr/bin";
/** Where servers lie, and what the PATH of a user other than root lacks on Debian. */
const SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin";

function inFolders(name: string, folders: string): string[] {
  return folders.split(":").map((folder) => join(folder || ".", name));
}

function look(path: string): "executable" | "other" | undefined {
  try {
    if (!statSync(path).isFile()) return "other";
    accessSync(path, constants.X_OK);
    return "executable";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EACCES" || code === "EPERM" ? "other" : undefined;
  }
}

function program(path: string): string {
  const why = noProgram(path);
  if (why === undefined) return path;
  throw new Problem("command-not-executable", `"${path}" cannot be executed`, { why, next: `file ${path}` });
}

function notFound(name: string): Problem {
  const what = `the command "${name}" was not found`;
  if (name === "") {
    return new Problem("command-not-found", what, { why: "Its name is empty.", next: "./portolan run --help" });
  }
  if (name.includes("/")) {
    return new Problem("command-not-found", what, { why: "There is no such file.", next: `ls ${dirname(name)}` });
  }
  const elsewhere = [...inFolders(name, SYSTEM_PATH), `./${name}`].find((path) => look(path) === "executable");
  if (elsewhere === undefined) {
    return new Problem("command-not-found", what, {
      why: "No folder of PATH has it.",
      next: `apt-cache search ${name}`,
    });
  }
  const why = `No folder of PATH has it; ${elsewhere} is there.`;
  return new Problem("command-not-found", what, { why, next: `./portolan run -- ${elsewhere}` });
}

/** The problem of a file that is there and cannot be run. */
export function notExecutable(path: string, cause?: unknown): Problem {
  return new Problem("command-not-executable", `"${path}" cannot be executed`, {
    ...reason(path),
    ...(cause !== undefined && { cause }),
  });
}

function reason(path: string): { why: string; next: string } {
  const status = statusOf(path);
  if (status?.isDirectory()) return { why: "It is a folder.", next: `ls ${path}` };
  const marked = status === undefined || (status.mode & 0o111) !== 0;
  if (marked) return { why: "This user or this file system does not allow it.", next: `ls -l ${path}` };
  return { why: "It is not marked executable.", next: `chmod +x ${path}` };
}

/** Undefined where the file cannot even be looked at. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
