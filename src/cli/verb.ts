import type { World } from "./world.ts";

/** An option of a verb, in the shape that `util.parseArgs` takes. */
export type OptionDefinition = { type: "boolean" | "string"; short?: string; multiple?: boolean };

export type OptionDefinitions = { readonly [name: string]: OptionDefinition };

/** A command line that was understood: `true` for a switch, text for a value, a list where it may be repeated. */
export type OptionValues = { [name: string]: boolean | string | string[] | undefined };

/** What a verb is given. */
export type Context = {
  options: OptionValues;
  /** Words that are no options, in front of `--`. */
  words: string[];
  /** What follows `--`, untouched; absent where there is no `--`. */
  command: string[] | undefined;
  world: World;
};

/** A verb of the command line, as data. */
export type Verb = {
  name: string;
  /** What `--help` prints, exactly as it prints. */
  help: string;
  options: OptionDefinitions;
  /** Whether it takes words that are no options, if only to say what is wrong with them. */
  words: boolean;
  /** Whether it takes a command after `--`. */
  command: boolean;
  /** Its own options may follow its words, although it takes a command: only what stands after `--` is the command's. */
  optionsAnywhere?: true;
  /** It reads its command line itself: all of it is words, switches and `--help` included. */
  raw?: true;
  /** Does the work and resolves to the exit status. Throws `Problem` for what a person can do something about. */
  run(context: Context): Promise<number>;
  /** The exit status of a problem, where this verb's differs from the problem's own. */
  statusOf?(problem: { status: number; code: string }): number;
};
