import { resolveCommand } from "../../app/run/command.ts";
import { Problem } from "../../model/problem.ts";
import type { OptionValues } from "../verb.ts";

/** The problem of words in front of `--`, or of a command without it, with the command line that was meant. */
export function misplaced(words: string[], options: OptionValues, command: string[] | undefined): Problem {
  const what = `run does not take the word "${words[0]}"`;
  const length = joinedLength(options.for, words[0]);
  if (length !== undefined) {
    const rest = command ?? words.slice(1);
    const why = "A length of time is one word: 30s, 10m, 2h, 7d.";
    return new Problem("unexpected-word", what, { why, next: line({ ...options, for: length }, rest) });
  }
  if (command !== undefined) {
    const why = "In front of -- there are only options, and each takes one word.";
    return new Problem("unexpected-word", what, { why, next: line(options, command) });
  }
  const why = "The command that is to be started comes after --.";
  return new Problem("unexpected-word", what, { why, next: line(options, words) });
}

/** The problem of a command that was given without `run --`; undefined where `argv` begins with no command either. */
export function forgottenRun(argv: string[], searchPath: string | undefined): Problem | undefined {
  try {
    resolveCommand(argv[0] ?? "", searchPath);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
  const why = "It is a command, and run shows which ports a command uses.";
  return new Problem("unknown-verb", `unknown verb "${argv[0]}"`, { why, next: line({}, argv) });
}

/** `5m` of `--for 5 minutes`. */
function joinedLength(value: OptionValues[string], word = ""): string | undefined {
  const unit = /^(s|m|h|d)(ec|in|r|econd|inute|our|ay)?s?$/.exec(word)?.[1];
  return typeof value === "string" && /^\d+$/.test(value) && unit !== undefined ? value + unit : undefined;
}

function line(options: OptionValues, command: string[]): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, ...(typeof value === "string" ? [value] : [])],
  );
  return ["./portolan", "run", ...given, ...(command.length === 0 ? [] : ["--", ...command])].map(quoted).join(" ");
}

/** `word` as a shell reads it back (sh(1), QUOTING). */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
