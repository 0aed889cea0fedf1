import type { Ran } from "../picture.ts";
import type { Call } from "./call.ts";

/**
 * The processes in a trace, each with the program it ran last; threads belong to their process.
 */
export function processesOf(calls: Call[]): Ran[] {
  const threads = threadsOf(calls);
  const processes = new Map<number, Ran>();
  for (const call of calls) {
    const pid = processOf(call.thread, threads);
    const known = processes.get(pid);
    if (known === undefined) processes.set(pid, { pid });
    if (call.value === undefined || call.value < 0) continue;
    if (call.name === "execve" && call.value === 0) processes.set(pid, { pid, ...executed(call.arguments) });
    if (isFork(call) && !threads.has(call.value)) {
      const child = processes.get(call.value);
      // A child whose own lines come before its parent's clone returned may already have executed something.
      if (child?.executable === undefined) processes.set(call.value, { ...processes.get(pid), pid: call.value });
    }
  }
  return [...processes.values()];
}

/** Which thread started which: a process's threads, by their ids. */
export function threadsOf(calls: Call[]): Map<number, number> {
  const threads = new Map<number, number>();
  for (const call of calls) {
    if (isFork(call) && call.value !== undefined && call.value > 0 && call.arguments.includes("CLONE_THREAD")) {
      threads.set(call.value, call.thread);
    }
  }
  return threads;
}

/** The process that a thread belongs to. */
export function processOf(thread: number, threads: Map<number, number>): number {
  const starter = threads.get(thread);
  return starter === undefined ? thread : processOf(starter, threads);
}

function isFork(call: Call): boolean {
  return call.name === "clone" || call.name === "clone3" || call.name === "fork" || call.name === "vfork";
}

function executed(args: string): { executable?: string; arguments?: string[] } {
  const match = /^("(?:[^"\\]|\\.)*"), \[(.*?)\], 0x/s.exec(args);
  if (match?.[1] === undefined) return {};
  const words = match[2]?.match(/"(?:[^"\\]|\\.)*"/gs) ?? [];
  return { executable: unquote(match[1]), arguments: words.map(unquote) };
}

/** Undoes strace's C escapes: octal numbers and the usual letters. */
function unquote(text: string): string {
  const letters: Record<string, string> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v" };
  return text
    .slice(1, -1)
    .replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
      /^[0-7]+$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
    );
}
