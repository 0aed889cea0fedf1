import { writeFileSync } from "node:fs";
import { importable, importDeclarations } from "../../app/manifest.ts";
import { readManifestFile } from "../../app/manifest-file.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { jsonText } from "../json-text.ts";
import { importedText, manifestText } from "../manifest/text.ts";
import { nearest } from "../nearest.ts";
import { counted } from "../run/report-words.ts";
import type { Context, OptionValues, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `What does the author of an application state about its ports?

Usage: portolan manifest import FILE… [--application NAME] [--output FILE]
       portolan manifest show FILE [--json]
       portolan manifest check FILE…

  import   read what files of other programs state, and write it as a manifest,
           each line with the file and line behind it:
${importable()
  .map(({ title }) => `             ${title}`)
  .join("\n")}
  show     print a manifest as a person reads it
  check    say whether manifests are valid, and where each mistake is

Options:
      --application N  with import: the one that is meant where files state
                       ports of several, and the manifest's name
      --output FILE    with import: write there instead of to stdout; a file
                       that is there stays as it is
      --json           with show: one JSON document
  -h, --help           this text

Exit status: 0 done; 65 when a file cannot be read or is not valid.
`;

const ACTIONS = ["import", "show", "check"] as const;

/** `portolan manifest` */
export const manifest: Verb = {
  name: "manifest",
  help: HELP,
  options: { application: { type: "string" }, output: { type: "string" }, json: { type: "boolean" } },
  words: true,
  command: false,
  async run({ options, words, world: { stdout, stderr } }: Context) {
    const [action, files] = actionOf(words, options);
    if (action === "check") {
      for (const file of files) {
        const { manifest: read } = readManifestFile(file);
        const lines = read.listens.length + read.connects.length;
        stdout.write(`${visible(file)}: valid, ${counted(lines, "line")} of ${visible(read.application)}\n`);
      }
      return EXIT.done;
    }
    if (action === "show") {
      for (const file of files) {
        const { manifest: read } = readManifestFile(file);
        stdout.write(
          options.json === true ? `${jsonText({ schema: "portolan.manifest/1", ...read })}\n` : manifestText(read),
        );
      }
      return EXIT.done;
    }
    const application = typeof options.application === "string" ? options.application : undefined;
    const imported = importDeclarations(files, application);
    if (typeof options.output === "string") writeNew(options.output, imported.text);
    else stdout.write(imported.text);
    stderr.write(importedText(imported));
    return EXIT.done;
  },
};

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Problem("output-failed", `could not write ${file}`, {
      why: code === "EEXIST" ? "It is there already, and may hold what somebody wrote." : message,
      next: code === "EEXIST" ? "name another file, or compare them: ./portolan diff A B" : `ls -ld ${file}`,
      cause: error,
    });
  }
}

function actionOf(words: readonly string[], options: OptionValues): [(typeof ACTIONS)[number], string[]] {
  const [word, ...files] = words;
  const action = ACTIONS.find((name) => name === word);
  const next = "./portolan manifest --help";
  if (action === undefined) {
    const near = word === undefined ? undefined : nearest(word, [...ACTIONS]);
    const why = near === undefined ? `It takes ${ACTIONS.join(", ")}.` : `did you mean ${near}?`;
    const code = word === undefined ? "missing-value" : "unexpected-word";
    throw new Problem(
      code,
      word === undefined ? "manifest needs to be told what to do" : `manifest does not know "${word}"`,
      { why, next },
    );
  }
  if (files.length === 0) throw new Problem("missing-value", `manifest ${action} needs a file`, { next });
  if (action === "show" && files.length > 1)
    throw new Problem("unexpected-word", "manifest show takes one file", { next });
  for (const [option, owner] of [
    ["application", "import"],
    ["output", "import"],
    ["json", "show"],
  ] as const) {
    if (options[option] !== undefined && action !== owner) {
      throw new Problem("conflicting-options", `--${option} belongs to "manifest ${owner}"`, { next });
    }
  }
  return [action, files];
}
