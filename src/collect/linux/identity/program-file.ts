import { closeSync, fstatSync, openSync } from "node:fs";
import { type Micros, micros } from "../../../model/time.ts";

/** One version of an executable file, open for reading. */
export type ProgramFile = {
  file: number;
  /** The same only for the same content. */
  version: string;
  size: number;
  changedAt: Micros;
};

/**
 * Opens the file that process `pid` executes in the /proc at `root`, which may have been replaced or removed since
 * (proc_pid_exe(5)). Undefined where the process is gone or may not be looked into.
 */
export function openProgram(root: string, pid: number): ProgramFile | undefined {
  let file: number;
  try {
    file = openSync(`${root}/${pid}/exe`, "r");
  } catch {
    return undefined;
  }
  const { dev, ino, size, mtimeMs, isFile } = statOf(file);
  if (isFile) return { file, version: `${dev}:${ino}:${size}:${mtimeMs}`, size, changedAt: micros(mtimeMs) };
  closeSync(file);
  return undefined;
}

function statOf(file: number) {
  const status = fstatSync(file);
  return { ...status, isFile: status.isFile() };
}
