import { who as ask } from "../../app/who/who.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { micros } from "../../model/time.ts";
import { INTERVAL_OPTIONS, intervalOf } from "../interval.ts";
import { jsonText } from "../json-text.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";
import { whoText } from "../who/text.ts";

const HELP = `Which application used this port or peer, then?

Usage: portolan who ENDPOINT [--at TIME | --since TIME --until TIME] [OPTION…]

ENDPOINT is a port (:4444), an address (10.0.0.7, 2001:db8::1), a block of them
(10.0.0.0/8), a name that an application asked for (www.example.net), or a port
of one of these (10.0.0.7:443, [2001:db8::1]:443).

A port is that of a service. Where a time is stated, the port of a client is
looked for as well.

Options:
      --at TIME      then: "2026-11-17 14:05" is that minute, "2026-11-17" that
                     day; 10m, 2h, 7d count back from now
      --since TIME   from then on
      --until TIME   until then
      --store PATH   another record than that of this machine
      --json         one JSON document (docs/schema/portolan.who.1.json)
  -h, --help         this text

Times are of this machine's time zone where none is stated.

Exit status: 0 when somebody did; 1 when nobody did; 2 when nobody was seen, and
something may have been missed.
`;

/** `portolan who` */
export const who: Verb = {
  name: "who",
  help: HELP,
  options: {
    at: { type: "string" },
    ...INTERVAL_OPTIONS,
    store: { type: "string" },
    json: { type: "boolean" },
  },
  words: true,
  command: false,
  async run({ options, words, world: { stdout } }: Context) {
    const [endpoint, extra] = words;
    if (endpoint === undefined) {
      throw new Problem("missing-value", "who needs a port or an address", { next: "./portolan who :4444" });
    }
    if (extra !== undefined) {
      throw new Problem("unexpected-word", `who does not take the word "${extra}"`, {
        why: "One port or address at a time; a time with a blank needs quotes.",
        next: "./portolan who --help",
      });
    }
    const interval = intervalOf(options, micros(Date.now()));
    const { document, undecided } = await ask({
      endpoint,
      interval,
      ...(typeof options.store === "string" && { store: options.store }),
    });
    const { columns, colour } = stdout;
    if (options.json === true) stdout.write(`${jsonText(document)}\n`);
    else stdout.write(whoText(document, undecided, { width: columns ?? 80, colour, sanitise: visible }));
    if (document.answers.length > 0) return EXIT.done;
    return undecided ? EXIT.undecided : EXIT.no;
  },
};
