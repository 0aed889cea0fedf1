import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";

export const root = dirname(import.meta.dirname);

const running = new Set<number>();

/** Ends every command that still runs, with whatever it started. */
export function endCommands(): void {
  for (const pid of running) endGroup(pid);
}

/** A group that ended by itself is no error: nothing is left to end. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Runs `command` in the checkout, without stdin, in a process group of its own, for at most `seconds`. Its output goes
 * where ours goes. Resolves to undefined where it ended with status 0, else to what went wrong.
 */
export function run(
  command: string,
  args: string[],
  seconds: number,
  environment: Record<string, string> = {},
): Promise<string | undefined> {
  // The tools' own scripts look for `node` on the PATH, where the machine's own may be too old for them.
  const path = [dirname(process.execPath), join(root, "node_modules/.bin"), process.env.PATH ?? ""].join(delimiter);
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: path, ...environment },
  });
  return new Promise((resolve) => {
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (pid !== undefined) endGroup(pid);
    }, seconds * 1000);
    const end = (problem: string | undefined) => {
      clearTimeout(timer);
      if (pid !== undefined) {
        running.delete(pid);
        endGroup(pid);
      }
      resolve(problem);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (status, signal) => {
      if (late) end(`did not end within ${seconds} s`);
      else end(status === 0 ? undefined : `ended with ${signal ?? `status ${status}`}`);
    });
  });
}
