import { FORMS } from "../../app/verification.ts";
import { verify as check } from "../../app/verify.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import type { Verification } from "../../model/verification.ts";
import { forTime } from "../for-time.ts";
import { jsonText } from "../json-text.ts";
import { leftoversText } from "../run/leftovers.ts";
import { failedStepText } from "../run/step-text.ts";
import type { Context, OptionValues, Verb } from "../verb.ts";
import { verificationText } from "../verify/text.ts";
import { VERSION } from "../version.ts";
import { visible } from "../visible.ts";

const HELP = `Does an application keep to what its manifest states?

Usage: portolan verify MANIFEST [OPTION…] -- COMMAND [ARGUMENT…]

Runs COMMAND as "portolan run" does, and compares the ports that it uses with
MANIFEST. COMMAND's own output goes to stderr; Ctrl+C ends it.

Each line of the manifest is kept, not seen, wider than needed, or unknown,
because something may have been missed. Whatever is used and stated nowhere
breaks it.

Options:
      --for T         end after T (30s, 10m, 2h)
      --steps FILE    exercise COMMAND as FILE says, and end it then
      --format F      text, json, sarif, junit, or github for the annotations of
                      its workflows
      --json          the same as --format json
                      (docs/schema/portolan.verify.1.json)
      --collector C   ebpf, procfs or scripted:FILE instead of the best one here
  -h, --help          this text

Exit status: 0 when it keeps to it; 1 when something was used that is not
stated, a required line was not seen, or COMMAND failed; 2 when a line that was
not seen may have been missed.
`;

/** `portolan verify` */
export const verify: Verb = {
  name: "verify",
  help: HELP,
  options: {
    for: { type: "string" },
    steps: { type: "string" },
    format: { type: "string" },
    json: { type: "boolean" },
    collector: { type: "string" },
  },
  words: true,
  command: true,
  optionsAnywhere: true,
  async run({ options, words, command, world }: Context) {
    const format = formatOf(options);
    const manifest = manifestOf(words, command);
    const verification = await check({
      manifest,
      command: command ?? [],
      environment: world.environment,
      ...(typeof options.for === "string" && { forMilliseconds: forTime("verify", options.for) }),
      ...(typeof options.steps === "string" && { steps: options.steps }),
      ...(typeof options.collector === "string" && { collector: options.collector }),
      listener: {
        leftovers: (processes, until) => world.stderr.write(leftoversText(processes, until)),
        stepFailed: (step) => world.stderr.write(`portolan: ${failedStepText(step, visible)}\n`),
      },
    });
    world.stdout.write(shown(verification, format, world));
    return STATUS[verification.answer];
  },
};

const STATUS: Record<Verification["answer"], number> = { kept: EXIT.done, broken: EXIT.no, unknown: EXIT.undecided };

function shown(verification: Verification, format: string, { stdout }: Context["world"]): string {
  if (format === "json") return `${jsonText(verification)}\n`;
  const { columns, colour } = stdout;
  return (
    FORMS[format]?.(verification, VERSION) ??
    verificationText(verification, { width: columns ?? 80, colour, sanitise: visible })
  );
}

function formatOf(options: OptionValues): string {
  const { format, json } = options;
  if (json === true && format !== undefined && format !== "json") {
    throw new Problem("conflicting-options", `--json and --format ${format} exclude each other`, {
      next: "./portolan verify --help",
    });
  }
  if (typeof format !== "string") return json === true ? "json" : "text";
  const known = ["text", "json", ...Object.keys(FORMS)];
  if (known.includes(format)) return format;
  throw new Problem("bad-value", `there is no format "${format}"`, {
    why: `It is one of ${known.join(", ")}.`,
    next: "./portolan verify --help",
  });
}

function manifestOf(words: readonly string[], command: readonly string[] | undefined): string {
  const [file, extra] = words;
  const next = "./portolan verify portolan.yaml -- COMMAND";
  if (file === undefined)
    throw new Problem("missing-value", "verify needs a manifest", { why: "Its file comes first.", next });
  if (extra !== undefined) {
    throw new Problem("unexpected-word", `verify does not take the word "${extra}"`, {
      why: "The command comes after --.",
      next: `./portolan verify ${file} -- ${words.slice(1).join(" ")}`,
    });
  }
  if (command === undefined || command.length === 0) {
    throw new Problem("missing-command", "verify needs a command", {
      why: "What is to be started comes after --.",
      next: `./portolan verify ${file} -- COMMAND`,
    });
  }
  return file;
}
