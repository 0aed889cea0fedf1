import { Problem } from "../model/problem.ts";
import type { Process } from "../model/process.ts";
import { isListener, type Socket } from "../model/socket.ts";

type Test = (socket: Socket) => boolean;

/** What the filter words of a command line ask for. */
export type Filter = {
  /** Whether it needs units, which only a verbose snapshot learns. */
  needsUnits: boolean;
  /** What a collector may leave out. */
  only: { listening?: boolean; protocol?: "tcp" | "udp" };
  /** The processes asked for by number; none where it is not about some. */
  pids: number[];
  /** Whether a socket is meant. Words of different kinds must all hold; of several of the same kind, one. */
  test: Test;
};

/** What kind of word each test came from, so that words of the same kind are alternatives. */
type Word = { kind: string; test: Test };

/**
 * Reads the filter words of `verb`: tcp, udp, listening, :PORT, pid:N, app:NAME, user:NAME, unit:NAME. Throws
 * `bad-filter`.
 */
export function readFilter(words: readonly string[], verb = "ls"): Filter {
  const kinds = new Map<string, Test[]>();
  for (const word of words) {
    const { kind, test } = readWord(word, verb);
    const tests = kinds.get(kind);
    if (tests) tests.push(test);
    else kinds.set(kind, [test]);
  }
  const groups = [...kinds.values()];
  const protocols = new Set(words.filter((word) => word === "tcp" || word === "udp"));
  const [protocol] = protocols;
  return {
    needsUnits: kinds.has("unit"),
    only: {
      ...(kinds.has("listening") && { listening: true }),
      ...(protocols.size === 1 && protocol !== undefined && { protocol }),
    },
    pids: words.flatMap((word) => (word.startsWith("pid:") ? [Number(word.slice("pid:".length))] : [])),
    test: (socket) => groups.every((tests) => tests.some((test) => test(socket))),
  };
}

function readWord(word: string, verb: string): Word {
  if (word === "tcp" || word === "udp") return { kind: "protocol", test: (socket) => socket.protocol === word };
  if (word === "listening") return { kind: "listening", test: isListener };
  const colon = word.indexOf(":");
  const kind = word.slice(0, colon);
  const value = word.slice(colon + 1);
  if (colon === -1 || value === "") throw badFilter(word, verb);
  if (kind === "") return { kind: "port", test: portTest(word, value, verb) };
  if (kind === "pid") return { kind, test: pidTest(word, value, verb) };
  if (kind === "app") return { kind, test: (socket) => isApplication(socket, value) };
  if (kind === "user") return { kind, test: byProcess((owner) => owner.user === value || `${owner.uid}` === value) };
  if (kind === "unit") return { kind, test: byProcess(({ unit }) => unit === value || unit === `${value}.service`) };
  throw badFilter(word, verb);
}

function portTest(word: string, value: string, verb: string): Test {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : -1;
  if (port < 0 || port > 65535) throw badFilter(word, verb, "a port is a number from 0 to 65535");
  return (socket) => socket.local.port === port || socket.remote?.port === port;
}

function pidTest(word: string, value: string, verb: string): Test {
  if (!/^\d{1,10}$/.test(value))
    throw badFilter(
      word,
      verb,
      "a process id is a number; by name, it is app:NAME",
      /^[a-z]/i.test(value) ? value : word,
    );
  const pid = Number(value);
  return (socket) =>
    socket.processes.some((owner) => owner.pid === pid) || socket.evidence.candidates?.includes(pid) === true;
}

function byProcess(test: (process: Process) => boolean): Test {
  return (socket) => socket.processes.some(test);
}

/** By the application's name, the process's, or the executable's, path or file name. */
function isApplication(socket: Socket, name: string): boolean {
  if (socket.application === name) return true;
  return socket.processes.some(
    (owner) => owner.name === name || owner.executable === name || owner.executable?.endsWith(`/${name}`),
  );
}

function badFilter(word: string, verb: string, why?: string, meantAs = word): Problem {
  const known = "filters are tcp, udp, listening, :PORT, pid:N, app:NAME, user:NAME and unit:NAME";
  return new Problem("bad-filter", `"${word}" is no filter`, {
    why: why ?? known,
    next: `./portolan ${verb} ${meant(meantAs)}`,
  });
}

/** A filter that the word may have been meant as. */
function meant(word: string): string {
  if (/^\d{1,5}$/.test(word)) return `:${word}`;
  const near = { tcp4: "tcp", tcp6: "tcp", udp4: "udp", udp6: "udp", listen: "listening", LISTEN: "listening" };
  const known = Object.entries(near).find(([key]) => key === word);
  if (known) return known[1];
  return /^[\w.-]+$/.test(word) ? `app:${word}` : "--help";
}
