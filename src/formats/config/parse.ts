import { parse, TomlError } from "smol-toml";
import { Problem } from "../../model/problem.ts";
import { SETTINGS, type Settings } from "./settings.ts";

/** Longest file that is read, in characters. */
const LONGEST = 1 << 16;

/**
 * The settings that `text` states, in TOML; `file` is its name as messages show it.
 * Throws `bad-config` with the mistake at its `file:line:column`: no TOML, an unknown name, a value that cannot be.
 */
export function parseSettings(text: string, file: string): Settings {
  if (text.length > LONGEST) throw mistake(file, 1, 1, `settings are at most ${LONGEST} characters long`);
  const settings: Settings = {};
  for (const [name, value] of Object.entries(readToml(text, file))) {
    const setting = SETTINGS.find((one) => one.name === name);
    const { line, column } = placeOf(name, text);
    if (setting === undefined) {
      const names = SETTINGS.map((one) => one.name).join(", ");
      throw mistake(file, line, column, `there is no setting "${name}"; there are ${names}`);
    }
    if (typeof value !== "string")
      throw mistake(file, line, column, `${name} is a text in quotes, such as "${setting.example ?? setting.default}"`);
    const wrong = setting.read(value, settings);
    if (wrong !== undefined) throw mistake(file, line, column, `${name} "${value}": ${wrong}`);
  }
  return settings;
}

function readToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw mistake(file, error.line, error.column, first);
  }
}

/** Where a name stands for the first time; the parser tells places of mistakes only. */
function placeOf(name: string, text: string): { line: number; column: number } {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const key = /^\s*\[{0,2}\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))/.exec(line);
    if (key !== null && (key[1] ?? key[2] ?? key[3]) === name)
      return { line: index + 1, column: line.search(/\S/) + 1 };
  }
  return { line: 1, column: 1 };
}

function mistake(file: string, line: number, column: number, what: string): Problem {
  return new Problem("bad-config", `${file}:${line}:${column}: ${what}`, {
    why: "A setting that is not understood must not be passed over: it might be the one that matters.",
    next: `edit ${file}`,
  });
}
