import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Answer, Command } from "./actor-program.ts";

const PROGRAM = fileURLToPath(new URL("actor-program.ts", import.meta.url));

/** A running actor-program.ts: the pid is that of the program itself. */
export type Actor = {
  pid: number;
  /** Inode number of its network namespace. */
  networkNamespace: number;
  /** Gives one command and returns the answer; throws on an error that the answer tells. */
  ask(command: Command): Promise<Answer>;
  /** As `ask`, but returns an answer that tells an error. */
  attempt(command: Command): Promise<Answer>;
  /** Ends the program and returns when it is gone. May be called twice. */
  end(): Promise<void>;
};

/** Starts an actor; `isolated` puts it into a network namespace of its own, with loopback up, which takes root. */
export async function startActor(options: { isolated?: boolean } = {}): Promise<Actor> {
  const program = [process.execPath, PROGRAM];
  const inside = ["-n", "sh", "-c", 'ip link set lo up && exec "$0" "$@"', ...program];
  const child = options.isolated
    ? spawn("unshare", inside, { stdio: ["pipe", "pipe", "inherit"] })
    : spawn(process.execPath, [PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const attempt = async (command: Command): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`the actor ended at ${JSON.stringify(command)}`);
    return JSON.parse(value) as Answer;
  };
  const ask = async (command: Command): Promise<Answer> => {
    const answer = await attempt(command);
    if (answer.error !== undefined) throw new Error(`${JSON.stringify(command)}: ${answer.error}`);
    return answer;
  };
  // The first answer says that it runs: by then it has executed its program and left the namespace it came from.
  await ask({ do: "close-all" });
  if (child.pid === undefined) throw new Error("the actor has no pid");
  const link = readlinkSync(`/proc/${child.pid}/ns/net`);
  return { pid: child.pid, networkNamespace: Number(link.slice(5, -1)), ask, attempt, end: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.stdin?.end();
  const limit = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(limit);
}
