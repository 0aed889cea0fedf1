import { readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Problem } from "../../model/problem.ts";
import { messageLine, type Running, readMessage } from "./message.ts";
import { marksFolder } from "./place.ts";

export type { Running } from "./message.ts";

/** The observations of this user that go on now and take marks, by pid. */
export async function runningObservations(environment: NodeJS.ProcessEnv): Promise<Running[]> {
  const folder = marksFolder(environment);
  const names = entries(folder).filter((name) => /^\d+\.sock$/.test(name));
  const answers = await Promise.all(names.map((name) => ask(join(folder, name), {})));
  return answers.filter((answer) => answer !== undefined).sort((a, b) => a.pid - b.pid);
}

/**
 * Tells one of them which function of the application is exercised from now on. Resolves once it knows.
 * @throws Problem `nothing-to-mark` where it has ended in the meantime.
 */
export async function sendMark(environment: NodeJS.ProcessEnv, { pid }: Running, feature: string): Promise<void> {
  const answer = await ask(join(marksFolder(environment), `${pid}.sock`), { feature });
  if (answer !== undefined) return;
  throw new Problem("nothing-to-mark", `process ${pid} did not take the mark`, {
    why: "It ended in this moment.",
    next: "./portolan run -- COMMAND",
  });
}

/** What the socket at `path` answers; undefined where nobody does. One whose process is gone is removed. */
async function ask(path: string, message: object): Promise<Running | undefined> {
  const socket = connect(path);
  socket.once("connect", () => socket.write(messageLine(message)));
  socket.once("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "ECONNREFUSED") rmSync(path, { force: true });
  });
  const answer = await readMessage(socket);
  socket.destroy();
  return isRunning(answer) ? answer : undefined;
}

function isRunning(value: unknown): value is Running {
  if (typeof value !== "object" || value === null) return false;
  const { pid, verb, application } = value as { [key: string]: unknown };
  return typeof pid === "number" && typeof verb === "string" && typeof application === "string";
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES") return [];
    throw error;
  }
}
