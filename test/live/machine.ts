import { accessSync, constants, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** Where Debian's packages put programs; what else is first in PATH (a version manager's shims) is not under test. */
const folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

/** The path of one of Debian's programs. Throws where it is not installed. */
export function program(name: string): string {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  throw new Error(`${name} is not installed`);
}

/** Why the truth tests cannot run on this machine, or undefined where they can. */
export function lack(...names: string[]): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root";
  const missing = ["strace", ...names].filter((name) => {
    try {
      program(name);
      return false;
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}

/** Pids of the children of `pid`, by all its threads (proc(5), /proc/PID/task/TID/children). */
export function children(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Pids of everything below `pid`, nearest first. */
export function descendants(pid: number): number[] {
  const below = children(pid);
  return [...below, ...below.flatMap(descendants)];
}

/** Whether `pid` runs, and is no zombie. */
export function alive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Whether `pid` runs the program at `path`. */
export function runs(pid: number, path: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === realpathSync(path);
  } catch {
    return false;
  }
}
