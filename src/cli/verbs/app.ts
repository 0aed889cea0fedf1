import { app as ask } from "../../app/apps.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { micros } from "../../model/time.ts";
import { appText } from "../apps/text.ts";
import { INTERVAL_OPTIONS, intervalOf } from "../interval.ts";
import { jsonText } from "../json-text.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `What has been recorded of one application?

Usage: portolan app NAME [--since TIME] [--until TIME] [OPTION…]

NAME is a unit, a container, a package or an executable, as "portolan apps"
lists them.

Options:
      --since TIME   from then on: "2026-11-17 14:05", or 10m, 2h, 7d ago
      --until TIME   until then
      --store PATH   another record than that of this machine
      --json         one JSON document (docs/schema/portolan.app.1.json)
  -h, --help         this text

Exit status: 0 when something has, 1 when nothing has.
`;

/** `portolan app` */
export const app: Verb = {
  name: "app",
  help: HELP,
  options: { ...INTERVAL_OPTIONS, store: { type: "string" }, json: { type: "boolean" } },
  words: true,
  command: false,
  async run({ options, words, world: { stdout } }: Context) {
    const [name, extra] = words;
    if (name === undefined) throw new Problem("missing-value", "app needs a name", { next: "./portolan apps" });
    if (extra !== undefined) {
      throw new Problem("unexpected-word", `app does not take the word "${extra}"`, {
        next: `./portolan app "${words.join(" ")}"`,
      });
    }
    const interval = intervalOf(options, micros(Date.now()));
    const document = await ask(name, { interval, ...(typeof options.store === "string" && { store: options.store }) });
    const { columns, colour } = stdout;
    if (options.json === true) stdout.write(`${jsonText(document)}\n`);
    else stdout.write(appText(document, { width: columns ?? 80, colour, sanitise: visible }));
    return EXIT.done;
  },
};
