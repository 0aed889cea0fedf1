import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../model/problem.ts";

/**
 * The folder in which each observation of this user listens for marks, at `PID.sock`. Of root below /run, of others below
 * XDG_RUNTIME_DIR (XDG Base Directory Specification), or where there is none below a folder of their own in /tmp.
 */
export function marksFolder(environment: NodeJS.ProcessEnv): string {
  return foldersOf(environment).marks;
}

/**
 * Makes that folder, for this user alone.
 * @throws Problem `not-permitted` where somebody else owns it or may enter it, and the system's error.
 */
export function makeMarksFolder(environment: NodeJS.ProcessEnv): string {
  const { base, marks } = foldersOf(environment);
  mkdirSync(base, { recursive: true, mode: ownUser() === 0 ? 0o755 : 0o700 });
  mkdirSync(marks, { recursive: true, mode: 0o700 });
  const [outer, inner] = [lstatSync(base), lstatSync(marks)];
  const own = [outer, inner].every((folder) => folder.isDirectory() && folder.uid === ownUser());
  if (own && (outer.mode & 0o022) === 0 && (inner.mode & 0o077) === 0) return marks;
  throw new Problem("not-permitted", `${marks} is no folder of this user alone`, {
    why: "Whoever else may write there could send marks in this user's name.",
    next: `ls -ld ${base} ${marks}`,
  });
}

function foldersOf({ XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): { base: string; marks: string } {
  const base = ownUser() === 0 ? "/run/portolan" : runtime ? join(runtime, "portolan") : `/tmp/portolan-${ownUser()}`;
  return { base, marks: join(base, "marks") };
}

function ownUser(): number {
  return process.getuid?.() ?? 0;
}
