/** A key as it was pressed: a name, or the text that it types. */
export type Key = { name: KeyName } | { typed: string };

export type KeyName =
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "home"
  | "end"
  | "escape"
  | "enter"
  | "backspace"
  | "clear"
  | "word"
  | "interrupt"
  | "suspend"
  | "redraw"
  | "other";

/** What terminals send for keys that type nothing (xterm's ctlseqs, and what the Linux console and tmux send alike). */
const SEQUENCES: Record<string, KeyName> = {
  "[A": "up",
  "[B": "down",
  OA: "up",
  OB: "down",
  "[5~": "page-up",
  "[6~": "page-down",
  "[H": "home",
  OH: "home",
  "[1~": "home",
  "[7~": "home",
  "[F": "end",
  OF: "end",
  "[4~": "end",
  "[8~": "end",
};

const ESCAPE = "\x1b";

/** Control characters that mean something: Enter, Backspace, ^U and ^W as in a shell, ^C and ^D, ^Z, ^L. */
const CONTROLS: Record<string, KeyName> = {
  "\r": "enter",
  "\n": "enter",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x15": "clear",
  "\x17": "word",
  "\x03": "interrupt",
  "\x04": "interrupt",
  "\x1a": "suspend",
  "\x0c": "redraw",
};

/** What follows an Escape: one control sequence (ECMA-48, 5.4), one of three bytes (ESC O), or a key pressed with Alt. */
const SEQUENCE = /^(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^[O])/u;
/** The beginning of that: whether Escape was pressed or more follows is not known yet. */
const BEGINNING = /^(?:\[[0-?]*[ -/]*|O)?$/;

/**
 * The keys in `input`, what a terminal sent, and what is left of it: a sequence that may not be complete. `last`: nothing
 * more comes, so that what is left is what it is, an Escape first of all.
 */
export function readKeys(input: string, last: boolean): { keys: Key[]; rest: string } {
  const keys: Key[] = [];
  let rest = input;
  while (rest !== "") {
    const [first = ""] = rest;
    const behind = rest.slice(first.length);
    if (first !== ESCAPE) {
      keys.push(keyOf(first));
      rest = behind;
      continue;
    }
    if (BEGINNING.test(behind) && !last) break;
    const sequence = behind.startsWith(ESCAPE) ? "" : (SEQUENCE.exec(behind)?.[0] ?? "");
    keys.push({ name: sequence === "" ? "escape" : (SEQUENCES[sequence] ?? "other") });
    rest = behind.slice(sequence.length);
  }
  return { keys, rest };
}

function keyOf(character: string): Key {
  const name = CONTROLS[character];
  if (name !== undefined) return { name };
  return /\p{C}/u.test(character) ? { name: "other" } : { typed: character };
}
