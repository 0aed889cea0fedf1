import { hostname } from "node:os";
import { each } from "../../app/run/each.ts";
import { type Interruptions, interruptions } from "../../app/run/ending.ts";
import { startWatch } from "../../app/watch/watch.ts";
import { EXIT } from "../../model/exit-status.ts";
import { outputFormat } from "../output-format.ts";
import { type Notices, noticesOn } from "../run/notices.ts";
import { lossLines } from "../run/report-losses.ts";
import { wrapped } from "../run/report-style.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";
import { createEnding } from "../watch/ending.ts";
import { type Log, openLog } from "../watch/log.ts";
import { type Asked, readRequest, WATCH_OPTIONS } from "../watch/request.ts";
import { stream } from "../watch/stream.ts";
import { endText, subjectText, summaryText, watchingText } from "../watch/words.ts";
import { createWriter, FORMATS } from "../watch/writer.ts";
import type { World } from "../world.ts";

const HELP = `Shows what changes, as it happens.

Usage: portolan watch [FILTER…] [OPTION…]

On a terminal it is a live table: what is new is green and marked +, what closes
is red and marked - for two refreshes. ? lists the keys, q ends. Into a pipe or
a file it is one line an event, with what is open now first.

Filters are those of ls: tcp, udp, listening, :PORT, pid:N, app:NAME, user:NAME,
unit:NAME. Of different kinds all must hold; of several of the same kind, one.

Options:
      --port N     the same as :N
      --pid N      the same as pid:N; ends when the process does
      --interval S seconds from one refresh to the next (0.1 and more; 1)
      --for T      end after T (30s, 10m, 2h)
      --log FILE   also append the lines to FILE
  -v, --verbose    also who uses a port for the first time, with its parents,
                   unit, container and modules, and when it ends; and once an
                   interval what each connection has carried
      --ndjson     one JSON object per event and line
                   (docs/schema/portolan.event.1.json)
      --json       one JSON document, complete when the watch has ended
                   (docs/schema/portolan.watch.1.json)
      --csv        one row per event (RFC 4180)
      --collector C  ebpf, procfs or scripted:FILE instead of the best one here
  -h, --help       this text

The lines say: open (was open already), listen, attempt (to connect), outbound,
inbound, close, failed, bind-failed, and gap where something may have been
missed. Times are in UTC.

Ctrl+C ends with 0. What is left out on this machine is said first, on stderr,
and how much was seen last.
`;

/** `portolan watch` */
export const watch: Verb = {
  name: "watch",
  help: HELP,
  options: WATCH_OPTIONS,
  words: true,
  command: false,
  async run({ options, words, world }: Context) {
    const format = outputFormat("watch", options, FORMATS);
    const asked = readRequest(options, words);
    const log = asked.log === undefined ? undefined : openLog(asked.log, subjectText(asked), hostname());
    const notices = noticesOn(world.stderr);
    const signals = interruptions();
    try {
      await show(asked, format, log, signals, notices, world);
    } catch (error) {
      log?.end(`it failed: ${visible(error instanceof Error ? error.message : String(error))}`);
      throw error;
    } finally {
      signals.stop();
    }
    each([() => log?.settle(), () => notices.settle()]);
    return EXIT.done;
  },
};

async function show(
  asked: Asked,
  format: (typeof FORMATS)[number] | "text",
  log: Log | undefined,
  signals: Interruptions,
  notices: Notices,
  world: World,
): Promise<void> {
  const { interval, verbose, forMilliseconds } = asked;
  const watched = await startWatch(asked);
  const started = performance.now();
  const ending = createEnding(watched, signals, forMilliseconds);
  const { degradations } = watched;
  const { columns, colour } = world.stderr;
  const losses = lossLines({ degradations, gaps: [] }, { width: columns, colour, sanitise: visible });
  notices.write(losses.map((line) => `${line}\n`).join(""));
  notices.write(`portolan: ${watchingText(watched)}. Ctrl+C ends.\n`);
  log?.begin(watched);
  const showing = { watch: watched, ending, interval, verbose, log };
  const terminal = format === "text" ? await world.terminal?.() : undefined;
  if (terminal === undefined) await stream(showing, createWriter(format, watched), world.stdout);
  else await (await import("../watch/table/live.ts")).showTable(showing, terminal, world.stdout.colour);
  const seconds = (performance.now() - started) / 1000;
  const summary = summaryText(watched, seconds);
  log?.end(summary);
  const last = [...endText(await ending.over, asked.filters), ...wrapped(summary, columns)];
  notices.write(last.map((line) => `${line}\n`).join(""));
}
