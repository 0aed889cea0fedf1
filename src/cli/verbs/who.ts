import { isLogLine } from "../../app/who/lines.ts";
import { who as ask } from "../../app/who/who.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { micros } from "../../model/time.ts";
import { INTERVAL_OPTIONS, intervalOf } from "../interval.ts";
import { jsonText } from "../json-text.ts";
import { outputFormat } from "../output-format.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";
import { answerLines } from "../who/lines.ts";
import { whoText } from "../who/text.ts";
import type { World } from "../world.ts";

const HELP = `Which application used this port or peer, then?

Usage: portolan who ENDPOINT [--at TIME | --since TIME --until TIME] [OPTION…]
       portolan who [OPTION…] < LOG
       portolan who LINE

ENDPOINT is a port (:4444), an address (10.0.0.7, 2001:db8::1), a block of them
(10.0.0.0/8), a name that an application asked for (www.example.net), or a port
of one of these (10.0.0.7:443, [2001:db8::1]:443).

A port is that of a service. Where a time is stated, the port of a client is
looked for as well.

LOG is the log of a firewall, and LINE a line of one: of the kernel, as
iptables, nftables, ufw and firewalld make it write (SRC=… DST=… PROTO=… SPT=…
DPT=…), or of Windows Firewall (pfirewall.log). Each line is answered by itself,
or told why it cannot be. A line that states no time is looked for at the time
that the options state.

Options:
      --at TIME      then: "2026-11-17 14:05" is that minute, "2026-11-17" that
                     day; 10m, 2h, 7d count back from now
      --since TIME   from then on
      --until TIME   until then
      --store PATH   another record than that of this machine
      --json         one JSON document (docs/schema/portolan.who.1.json; of a
                     log portolan.who-lines.1.json)
      --ndjson       of a log: one JSON object for each line
      --csv          of a log: a table for spreadsheets
  -h, --help         this text

Times are of this machine's time zone where none is stated.

Exit status: 0 when somebody did; 1 when nobody did; 2 when nobody was seen, and
something may have been missed. Of a log: 0 when any line is answered, else 2
when any is undecided, else 1; 65 when none is a line of a firewall.
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
    ndjson: { type: "boolean" },
    csv: { type: "boolean" },
  },
  words: true,
  command: false,
  async run({ options, words, world }: Context) {
    const interval = intervalOf(options, micros(Date.now()));
    const store = typeof options.store === "string" ? { store: options.store } : {};
    const format = outputFormat("who", options, ["json", "ndjson", "csv"]);
    const input = inputOf(words, world);
    if (input !== undefined) return answerLines({ input, interval, format, ...store }, world);
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
    if (format === "ndjson" || format === "csv") {
      throw new Problem("conflicting-options", `--${format} is for the lines of a log`, {
        why: "An answer about one port or address is one document.",
        next: `./portolan who ${endpoint} --json`,
      });
    }
    const { document, undecided } = await ask({ endpoint, interval, ...store });
    const { columns, colour } = world.stdout;
    if (format === "json") world.stdout.write(`${jsonText(document)}\n`);
    else world.stdout.write(whoText(document, undecided, { width: columns ?? 80, colour, sanitise: visible }));
    if (document.answers.length > 0) return EXIT.done;
    return undecided ? EXIT.undecided : EXIT.no;
  },
};

/** The log that is asked about, rather than an endpoint: a line among the words, or without any word standard input. */
function inputOf(words: readonly string[], { stdin, stderr }: World): AsyncIterable<Uint8Array> | undefined {
  const line = words.join(" ");
  if (isLogLine(line)) return only(new TextEncoder().encode(line));
  if (words.length > 0 || stdin === undefined) return undefined;
  if (stdin.terminal) stderr.write("Paste lines of a firewall's log; Ctrl+D ends.\n");
  return stdin.read();
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
