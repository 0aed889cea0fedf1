import { importLogs } from "../../app/import/import.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { importText } from "../import/text.ts";
import { jsonText } from "../json-text.ts";
import { createProgress } from "../progress.ts";
import { counted } from "../run/report-words.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `Reads logs of Port Reporter into a record, so that who, apps and app answer from
them as from a recorder's own.

Usage: portolan import FILE… [--store PATH] [--json]

FILE is one of Port Reporter's logs: PR-PORTS, PR-PIDS or PR-INITIAL, in any
code page. Name all of them: those of the same time know of each other. To
import a log again adds what it has become longer by, and nothing twice.

Options:
      --store PATH   the record to put them into; without it port-reporter.db
                     beside the first file, never the record of this machine
      --json         one JSON document (docs/schema/portolan.import.1.json)
  -h, --help         this text

The logs state no time zone: they are read in that of this machine, or in that
of TZ, as in TZ=America/New_York portolan import PR-PORTS-05-07-6-13-44-4.log.

Exit status: 0 done, also where some lines could not be read, which is said; 65
when a file is no such log.
`;

/** `portolan import` */
export const importVerb: Verb = {
  name: "import",
  help: HELP,
  options: { store: { type: "string" }, json: { type: "boolean" } },
  words: true,
  command: false,
  async run({ options, words, world: { stdout, stderr } }: Context) {
    if (words.length === 0) {
      throw new Problem("missing-value", "import needs a file", { next: "./portolan import PR-PORTS-*.log" });
    }
    const progress = createProgress(stderr, false);
    const document = await importLogs({
      files: words,
      progress: (file, lines) => progress.show(() => `${visible(file)}: ${counted(lines, "line")} read`),
      ...(typeof options.store === "string" && { store: options.store }),
    });
    progress.end();
    stdout.write(options.json === true ? `${jsonText(document)}\n` : importText(document, stdout.columns));
    return EXIT.done;
  },
};
