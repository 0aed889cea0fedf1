import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export type End = { status: number | NodeJS.Signals; stderr: string };

/** A program that was started, and what it has printed so far. */
export type Started = {
  pid: number;
  stdin: Writable;
  /** The whole lines of its stdout, and all of its stderr. */
  lines: readonly string[];
  stderr(): string;
  /** Its first line, from the `from`th on, that is `wanted`. Throws when it ends without. */
  line(wanted?: (line: string) => boolean, from?: number): Promise<string>;
  /** Its status, or the signal that ended it. Throws where it could not be started. */
  ended: Promise<End>;
  kill(signal: NodeJS.Signals): void;
};

const running = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();

/** Starts `command` with its arguments; never through a shell. */
export function start(command: string, args: string[]): Started {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  const lines: string[] = [];
  let partial = "";
  let errors = "";
  let end: Promise<End> | undefined;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const each of [...waiting]) each();
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (partial + chunk).split("\n");
    partial = parts.pop() ?? "";
    for (const line of parts) lines.push(line);
    wake();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  // Whoever ended before its stdin was closed takes no harm from that.
  child.stdin.on("error", () => {});
  const ended = new Promise<End>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ status: code ?? signal ?? 1, stderr: errors }));
  }).finally(() => {
    running.delete(child);
    end = ended;
    wake();
  });
  // Told by whoever waits for it; nobody has to.
  ended.catch(() => {});
  return {
    pid: child.pid ?? 0,
    stdin: child.stdin,
    lines,
    stderr: () => errors,
    ended,
    kill: (signal) => child.kill(signal),
    async line(wanted = () => true, from = 0) {
      for (let next = from; ; ) {
        for (; next < lines.length; next++) {
          const line = lines[next];
          if (line !== undefined && wanted(line)) return line;
        }
        if (end) throw new Error(`${command} ended early: ${(await end).stderr.trim() || "without a word"}`);
        await new Promise<void>((resolve) => {
          const go = () => {
            waiting.delete(go);
            resolve();
          };
          waiting.add(go);
        });
      }
    },
  };
}

/** Asks whatever still runs to end, as each does after its own cleaning up: for a bench that is interrupted. */
export function endStarted(): void {
  for (const child of running) child.kill("SIGTERM");
}
