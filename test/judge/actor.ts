import { spawn } from "node:child_process";
import { alive, descendants } from "../live/machine.ts";
import { until } from "../live/until.ts";
import { type Message, readMessage } from "./truth.ts";

/** How long a scenario may take to its next message; its own limit is ten seconds, and an observer may slow it. */
const LIMIT_MILLISECONDS = 40_000;

/** A scenario that runs, and whom the judge talks to. */
export type Actor = {
  /** What was started: the scenario, or what runs it. */
  readonly pid: number;
  /** Its next message. Fails where it ends, or stays silent for too long. */
  next(): Promise<Message>;
  /** Lets it go on. */
  go(): void;
  /** Waits for its end, which must be a success. */
  ended(): Promise<void>;
  /** Ends whatever of it still runs, by pid. */
  kill(): Promise<void>;
};

/** Starts `command` in `directory`. */
export function startActor(command: string[], directory: string): Actor {
  const [file = "", ...words] = command;
  const child = spawn(file, words, {
    cwd: directory,
    stdio: ["pipe", "pipe", "pipe"],
    // Nothing but scenarios lies in their folder.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${file}`);
  const lines: string[] = [];
  let partial = "";
  let errors = "";
  let end: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (partial + chunk).split("\n");
    partial = parts.pop() ?? "";
    lines.push(...parts);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-4000);
  });
  child.stdin.on("error", () => {
    // It ended; whoever waits for its next message learns that.
  });
  // `exit` and not `close`: a child that it forgot may hold the pipes.
  child.once("exit", (code, signal) => {
    end = { code, signal };
  });
  let next = 0;
  const how = () => `${end?.signal ?? `status ${end?.code}`}: ${errors.trim() || "without a word"}`;
  return {
    pid,
    async next() {
      const line = await until(
        "the scenario's next message",
        () => {
          const line = lines[next];
          if (line === undefined && end !== undefined) return { over: true } as const;
          return line === undefined ? undefined : { text: line };
        },
        LIMIT_MILLISECONDS,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}; stderr: ${errors}`);
      });
      if (!("text" in line)) throw new Error(`the scenario ended early, ${how()}`);
      next++;
      return readMessage(line.text);
    },
    go: () => void child.stdin.write("go\n"),
    async ended() {
      child.stdin.end();
      await until("the scenario's end", () => end !== undefined, LIMIT_MILLISECONDS);
      if (end?.code !== 0) throw new Error(`the scenario ended with ${how()}`);
      if (next < lines.length) throw new Error(`the scenario went on after its last message: ${lines[next]}`);
    },
    async kill() {
      if (end !== undefined) return;
      for (const each of [...descendants(pid).reverse(), pid]) {
        try {
          process.kill(each, "SIGKILL");
        } catch {
          // It ended in the meantime.
        }
      }
      await until(`the end of pid ${pid}`, () => !alive(pid));
    },
  };
}
