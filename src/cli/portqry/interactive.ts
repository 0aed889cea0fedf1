import { createInterface } from "node:readline/promises";
import { PortqryMistake } from "./mistake.ts";
import { queryRemote } from "./remote.ts";
import type { RemoteRequest } from "./rules.ts";
import type { Screen } from "./screen.ts";
import { completions, Session } from "./session.ts";

/**
 * PortQry's interactive mode on this terminal, with history and completion; from a pipe, line by line. Ends with `exit`,
 * Ctrl+D or the end of the input; Ctrl+C ends a query, and the mode where none runs.
 */
export async function interact(query: RemoteRequest, screen: Screen): Promise<void> {
  const session = new Session(query);
  screen.print(...session.banner());
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const lines = createInterface({
    input: process.stdin,
    ...(terminal && { output: process.stdout }),
    terminal,
    completer: completions,
    prompt: "> ",
    historySize: 200,
  });
  let closed = false;
  lines.once("close", () => {
    closed = true;
  });
  let running: AbortController | undefined;
  lines.on("SIGINT", () => (running === undefined ? lines.close() : running.abort()));
  lines.prompt();
  for await (const line of lines) {
    screen.note(`> ${line}`);
    const reaction = session.line(line);
    if (reaction.kind === "exit") break;
    if (reaction.kind === "print") screen.print(...reaction.lines);
    else {
      running = new AbortController();
      for (const request of reaction.requests) await asked(request, screen, running.signal);
      running = undefined;
    }
    // A pipe may have ended while a query ran; what it had brought by then is still to be done.
    if (!closed) lines.prompt();
  }
  lines.close();
}

async function asked(request: RemoteRequest, screen: Screen, signal: AbortSignal): Promise<void> {
  try {
    if (!signal.aborted) await queryRemote(request, screen, signal);
  } catch (error) {
    if (!(error instanceof PortqryMistake)) throw error;
    screen.print(...error.message.split("\n"));
  }
}
