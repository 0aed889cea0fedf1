import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../model/problem.ts";

/**
 * The file that `name` would run, found as a shell does (execvp(3)). Nothing is started.
 * @throws Problem `command-not-found`, or `command-not-executable` where a file is there and may not be run.
 */
export function resolveCommand(name: string, searchPath: string | undefined): string {
  const candidates = name.includes("/")
    ? [name]
    : (searchPath ?? DEFAULT_PATH).split(":").map((folder) => join(folder || ".", name));
  let unusable: string | undefined;
  for (const candidate of candidates) {
    const file = look(candidate);
    if (file === "executable") return candidate;
    if (file === "other") unusable ??= candidate;
  }
  if (unusable !== undefined && (name.includes("/") || name !== "")) throw notExecutable(unusable);
  const why = name.includes("/") ? "There is no such file." : "No folder of PATH has it.";
  throw new Problem("command-not-found", `the command "${name}" was not found`, { why, next: `command -v ${name}` });
}

/** What execvp(3) of glibc searches when PATH is not set. */
const DEFAULT_PATH = "/bin:/usr/bin";

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

/** The problem of a file that is there and cannot be run. */
export function notExecutable(path: string, cause?: unknown): Problem {
  const folder = isFolder(path);
  return new Problem("command-not-executable", `"${path}" cannot be executed`, {
    why: folder ? "It is a folder." : "It is not marked executable, or it is no program for this machine.",
    next: folder ? `ls ${path}` : `chmod +x ${path}`,
    ...(cause !== undefined && { cause }),
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
