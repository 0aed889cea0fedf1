import { PortqryMistake } from "./mistake.ts";

/** What PortQry is told: its switches as they are written, before any rule between them is applied. */
export type Switches = {
  name?: string;
  protocol?: string;
  port?: string;
  range?: string;
  list?: string;
  log?: string;
  sourcePort?: string;
  community?: string;
  watchPort?: string;
  watchPid?: string;
  watchTime?: string;
  overwrite: boolean;
  slowLink: boolean;
  noReverse: boolean;
  quiet: boolean;
  interactive: boolean;
  local: boolean;
  verbose: boolean;
  help: boolean;
};

type Valued =
  | "name"
  | "protocol"
  | "port"
  | "range"
  | "list"
  | "log"
  | "sourcePort"
  | "community"
  | "watchPort"
  | "watchPid"
  | "watchTime";
type Plain = Exclude<keyof Switches, Valued>;

/** Switches with a value, by their letters (PortQry 2.0's own help; KB832919). */
const VALUED: { readonly [letters: string]: Valued } = {
  n: "name",
  p: "protocol",
  e: "port",
  r: "range",
  o: "list",
  l: "log",
  sp: "sourcePort",
  cn: "community",
  wport: "watchPort",
  wpid: "watchPid",
  wt: "watchTime",
};

/** Switches without one. `s` is what `sl` was called before version 2, and what Microsoft's own examples still say. */
const PLAIN: { readonly [letters: string]: Plain } = {
  y: "overwrite",
  sl: "slowLink",
  s: "slowLink",
  nr: "noReverse",
  q: "quiet",
  i: "interactive",
  local: "local",
  v: "verbose",
  "?": "help",
  h: "help",
  help: "help",
};

/**
 * Reads PortQry's command line: switches begin with `-` or, as before version 2, with `/`, in any case. A community stands
 * between exclamation marks and may hold blanks, also where the shell took it apart.
 * @throws PortqryMistake
 */
export function readSwitches(argv: readonly string[]): Switches {
  const switches: Switches = {
    overwrite: false,
    slowLink: false,
    noReverse: false,
    quiet: false,
    interactive: false,
    local: false,
    verbose: false,
    help: false,
  };
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const letters = /^(?:--?|\/)([a-z?]+)$/i.exec(word)?.[1]?.toLowerCase() ?? "";
    const valued = VALUED[letters];
    const plain = PLAIN[letters];
    if (plain !== undefined) switches[plain] = true;
    else if (valued === undefined) throw unknown(word);
    else if (switches[valued] !== undefined) throw new PortqryMistake(`The switch -${letters} is given twice.`);
    else switches[valued] = valued === "community" ? communityOf(words) : valueAfter(letters, words);
  }
  return switches;
}

function valueAfter(letters: string, words: string[]): string {
  const value = words.shift();
  if (value === undefined || isSwitch(value)) throw new PortqryMistake(`The switch -${letters} needs a value.`);
  return value;
}

function isSwitch(word: string): boolean {
  const letters = /^[-/]([a-z?]+)$/i.exec(word)?.[1]?.toLowerCase() ?? "";
  return VALUED[letters] !== undefined || PLAIN[letters] !== undefined;
}

/** Joins words until the one that ends with an exclamation mark. */
function communityOf(words: string[]): string {
  const parts: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    parts.push(word);
    const text = parts.join(" ");
    const [, name] = /^!(.*)!$/.exec(text) ?? [];
    if (name !== undefined) return name;
    if (parts.length === 1 && !word.startsWith("!")) break;
  }
  throw new PortqryMistake("A community name stands between exclamation marks: -cn !public!");
}

function unknown(word: string): PortqryMistake {
  return new PortqryMistake(`"${word}" is no switch of PortQry.`);
}
