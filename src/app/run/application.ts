import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { Problem } from "../../model/problem.ts";
import { notExecutable } from "./command.ts";

/** How a process ended, as a shell states it: its own status, or 128 and the number of the signal that ended it. */
export type Ending = { status: number };

/** The application while it runs. */
export type Application = {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  signal(signal: NodeJS.Signals): void;
};

/**
 * Starts `file` with the terminal, streams and environment that Portolan was given. With `outputToStderr` its standard
 * output goes to ours for errors, so that the document has ours to itself.
 * @throws Problem `command-not-executable` where the kernel refuses.
 */
export async function start(
  file: string,
  command: readonly string[],
  options: { outputToStderr: boolean; environment: NodeJS.ProcessEnv },
): Promise<Application> {
  const child = spawn(file, command.slice(1), {
    argv0: command[0] ?? file,
    env: options.environment,
    stdio: ["inherit", options.outputToStderr ? 2 : "inherit", "inherit"],
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once("exit", (status, signal) => resolve({ status: statusOf(status, signal) }));
  });
  const pid = await started(child, file);
  return { pid, ended, signal: (signal) => void child.kill(signal) };
}

function started(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT" || error.code === "EACCES" || error.code === "ENOEXEC" ? failed(file, error) : error,
      );
    });
    child.once("spawn", () => resolve(child.pid ?? 0));
  });
}

/** The file was there a moment ago: what misses is its interpreter (execve(2), ENOENT), or it is no program at all. */
function failed(file: string, cause: NodeJS.ErrnoException): Problem {
  if (cause.code !== "ENOENT") return notExecutable(file, cause);
  return new Problem("command-not-executable", `"${file}" cannot be executed`, {
    why: "The interpreter that its first line names was not found.",
    next: `head -1 ${file}`,
    cause,
  });
}

function statusOf(status: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (status ?? 0) : 128 + constants.signals[signal];
}
