import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** A program of these tests that runs in a process of its own, and says a line whenever something is done. */
export type Child = {
  process: ChildProcess;
  /** What it said so far. */
  lines: string[];
  /** The next line that it says; none when it has ended. */
  next(): Promise<string | undefined>;
  /** Ends it at once, and waits until it is gone. */
  kill(): Promise<void>;
};

/** Starts `program` of this folder with `args`; killed when the test has finished. */
export function start(program: string, args: string[], options: { uid?: number; gid?: number } = {}): Child {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${program}`, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: "/",
    ...options,
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const said = reader[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  return {
    process: child,
    lines,
    async next() {
      const { value, done } = await said.next();
      if (done) return undefined;
      lines.push(value);
      return value;
    },
    kill,
  };
}
