import { diff as compare } from "../../app/diff.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { diffText } from "../diff/text.ts";
import { jsonText } from "../json-text.ts";
import type { Context, Verb } from "../verb.ts";

const HELP = `What changed from one manifest or profile to another?

Usage: portolan diff A B [--json]

A and B are manifests, or profiles as "portolan run --output" writes them, or
one of each. Shown is what matters to somebody who opens or closes ports:
opened, closed, changed reach, changed owner; never a pid, a port that the
system chose, or a time.

Options:
      --json   one JSON document (docs/schema/portolan.diff.1.json)
  -h, --help   this text

Exit status: 0 when nothing changed, 1 when something did.
`;

/** `portolan diff` */
export const diff: Verb = {
  name: "diff",
  help: HELP,
  options: { json: { type: "boolean" } },
  words: true,
  command: false,
  async run({ options, words, world: { stdout } }: Context) {
    const [before, after, extra] = words;
    if (before === undefined || after === undefined) {
      throw new Problem("missing-value", "diff needs two files", { next: "./portolan diff before.yaml after.yaml" });
    }
    if (extra !== undefined) {
      throw new Problem("unexpected-word", `diff does not take the word "${extra}"`, {
        next: "./portolan diff --help",
      });
    }
    const document = compare(before, after);
    stdout.write(options.json === true ? `${jsonText(document)}\n` : diffText(document, stdout));
    return document.same ? EXIT.done : EXIT.no;
  },
};
