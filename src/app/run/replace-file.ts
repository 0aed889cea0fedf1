import { chmodSync, chownSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Errors that mean that this folder takes no second file, or that this one cannot be renamed over: a mount of its own. */
const IN_PLACE = ["EACCES", "EPERM", "EBUSY"];

/**
 * Puts `text` into the file at `path`, whole or not at all: a full disk must not cost what was there. Symbolic links,
 * mode and owner stay as they are. Where the folder allows no second file, it is written in place. @throws the system's
 * error.
 */
export function replaceFile(path: string, text: string): void {
  const file = realpathSync(path);
  const beside = `${file}.portolan-${process.pid}`;
  const { mode, uid, gid } = statSync(file);
  try {
    writeFileSync(beside, text, { flag: "wx", mode: 0o600 });
    if (process.geteuid?.() === 0) chownSync(beside, uid, gid);
    chmodSync(beside, mode & 0o7777);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    if (!IN_PLACE.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    writeFileSync(file, text);
  }
}
