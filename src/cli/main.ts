import { EXIT } from "../model/exit-status.ts";
import { Problem } from "../model/problem.ts";
import { readArguments } from "./arguments.ts";
import { report } from "./failure.ts";
import { nearest } from "./nearest.ts";
import type { Verb } from "./verb.ts";
import { VERBS } from "./verbs.ts";
import type { World } from "./world.ts";

/** Runs one command line (without the program's own name) in `world`, and answers its exit status. Never throws. */
export async function main(argv: string[], world: World): Promise<number> {
  let verb: Verb | undefined;
  try {
    const first = argv[0];
    if (first === undefined || first.startsWith("-")) return await withoutVerb(first, world);
    verb = await loadVerb(first, argv, world);
    const rest = argv.slice(1);
    const context = verb.raw ? { options: {}, words: rest, command: undefined } : readArguments(verb, rest);
    if (context.options.help) {
      world.stdout.write(verb.help);
      return EXIT.done;
    }
    return await verb.run({ ...context, world });
  } catch (error) {
    return report(error, world, verb);
  }
}

async function withoutVerb(option: string | undefined, world: World): Promise<number> {
  const { HELP } = await import("./help.ts");
  if (option === undefined) {
    world.stderr.write(HELP);
    return EXIT.usage;
  }
  if (option === "--help" || option === "-h") {
    world.stdout.write(HELP);
    return EXIT.done;
  }
  if (option === "--version" || option === "-V") {
    const { VERSION } = await import("./version.ts");
    world.stdout.write(`portolan ${VERSION}\n`);
    return EXIT.done;
  }
  throw unknown("unknown-option", `unknown option ${option}`, option, ["--help", "--version"]);
}

async function loadVerb(name: string, argv: string[], { environment }: World): Promise<Verb> {
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (load !== undefined) return load();
  const problem = unknown("unknown-verb", `unknown verb "${name}"`, name, Object.keys(VERBS));
  if (problem.why !== undefined) throw problem;
  const { forgottenRun } = await import("./run/misplaced.ts");
  throw forgottenRun(argv, environment.PATH) ?? problem;
}

function unknown(code: "unknown-verb" | "unknown-option", what: string, word: string, candidates: string[]): Problem {
  const near = nearest(word, candidates);
  return new Problem(code, what, { ...(near && { why: `did you mean ${near}?` }), next: "./portolan --help" });
}
