import { apps as ask } from "../../app/apps.ts";
import { EXIT } from "../../model/exit-status.ts";
import { micros } from "../../model/time.ts";
import { appsText } from "../apps/text.ts";
import { INTERVAL_OPTIONS, intervalOf } from "../interval.ts";
import { jsonText } from "../json-text.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `Which applications have been recorded?

Usage: portolan apps [--since TIME] [--until TIME] [OPTION…]

Options:
      --since TIME   from then on: "2026-11-17 14:05", or 10m, 2h, 7d ago
      --until TIME   until then
      --store PATH   another record than that of this machine
      --json         one JSON document (docs/schema/portolan.apps.1.json)
  -h, --help         this text

Exit status: 0 when there are any, 1 when there is none.
`;

/** `portolan apps` */
export const apps: Verb = {
  name: "apps",
  help: HELP,
  options: { ...INTERVAL_OPTIONS, store: { type: "string" }, json: { type: "boolean" } },
  words: false,
  command: false,
  async run({ options, world: { stdout } }: Context) {
    const interval = intervalOf(options, micros(Date.now()));
    const document = await ask({ interval, ...(typeof options.store === "string" && { store: options.store }) });
    const { columns, colour } = stdout;
    if (options.json === true) stdout.write(`${jsonText(document)}\n`);
    else stdout.write(appsText(document, { width: columns ?? 80, colour, sanitise: visible }));
    return document.applications.length > 0 ? EXIT.done : EXIT.no;
  },
};
