import { parseArgs } from "node:util";
import { Problem } from "../model/problem.ts";
import { nearest } from "./nearest.ts";
import type { Context, OptionDefinitions, OptionValues, Verb } from "./verb.ts";

/** Switches that every verb has. */
const EVERYWHERE: OptionDefinitions = { help: { type: "boolean", short: "h" } };

/**
 * What `argv` (without the verb) says to `verb`. A verb that takes a command reads no options behind the first word: they
 * are the command's. Throws `unknown-option`, `missing-value`, `bad-value`, and
 * `unexpected-word` where the verb takes no words, or no command after `--`.
 */
export function readArguments(verb: Verb, argv: string[]): Omit<Context, "world"> {
  const dashes = argv.indexOf("--");
  const own = dashes === -1 ? argv : argv.slice(0, dashes);
  const command = dashes === -1 ? undefined : argv.slice(dashes + 1);
  const definitions = { ...verb.options, ...EVERYWHERE };
  const { tokens } = parseArgs({ args: own, options: definitions, strict: false, tokens: true });
  const options: OptionValues = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional" && verb.command && !verb.optionsAnywhere) {
      words.push(...own.slice(token.index));
      break;
    }
    if (token.kind === "positional") words.push(token.value);
    if (token.kind === "option") readOption(verb, definitions, token, options);
  }
  if (!options.help) refuseExtra(verb, words, command);
  return { options, words, command };
}

type OptionToken = { name: string; rawName: string; value?: string | undefined; inlineValue?: boolean | undefined };

function readOption(verb: Verb, definitions: OptionDefinitions, token: OptionToken, options: OptionValues): void {
  const { name, rawName, value } = token;
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition === undefined) throw unknownOption(verb, definitions, rawName);
  if (definition.type === "boolean") {
    if (value !== undefined) throw usage(verb, "bad-value", `option ${rawName} takes no value`);
    options[name] = true;
    return;
  }
  if (value === undefined || (!token.inlineValue && value.startsWith("-") && value !== "-")) {
    throw usage(verb, "missing-value", `option ${rawName} needs a value`);
  }
  const before = options[name];
  options[name] = definition.multiple ? [...(Array.isArray(before) ? before : []), value] : value;
}

function unknownOption(verb: Verb, definitions: OptionDefinitions, rawName: string): Problem {
  const candidates = Object.keys(definitions).map((name) => `--${name}`);
  const near = nearest(rawName, candidates);
  return usage(verb, "unknown-option", `unknown option ${rawName}`, near && `did you mean ${near}?`);
}

function refuseExtra(verb: Verb, words: string[], command: string[] | undefined): void {
  const word = words[0];
  if (word !== undefined && !verb.words) {
    throw usage(verb, "unexpected-word", `${verb.name} does not take the word "${word}"`);
  }
  if (command !== undefined && !verb.command) {
    throw usage(verb, "unexpected-word", `${verb.name} takes nothing after --`);
  }
}

type UsageCode = "unknown-option" | "missing-value" | "bad-value" | "unexpected-word";

function usage(verb: Verb, code: UsageCode, what: string, why?: string): Problem {
  return new Problem(code, what, { ...(why && { why }), next: `./portolan ${verb.name} --help` });
}
