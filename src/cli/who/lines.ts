import { whoLines } from "../../app/who/lines.ts";
import type { WhoLine } from "../../model/documents/who-line.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import type { Interval } from "../../model/record.ts";
import { recordDocument } from "../../model/record-document.ts";
import { jsonText } from "../json-text.ts";
import type { Output } from "../output.ts";
import { createProgress } from "../progress.ts";
import { counted } from "../run/report-words.ts";
import { visible } from "../visible.ts";
import type { World } from "../world.ts";
import { csvHeading, csvRows } from "./line-csv.ts";
import { countsText, lineText } from "./line-text.ts";

type Format = "text" | "json" | "ndjson" | "csv";

type Request = { input: AsyncIterable<Uint8Array>; interval: Interval; store?: string; format: Format };

/**
 * Answers a firewall's log line by line, as it arrives, and answers the exit status.
 * @throws Problem `missing-value` where there is no line, `bad-log` where none is of a firewall.
 */
export async function answerLines({ input, interval, store, format }: Request, world: World): Promise<number> {
  const { stdout, stderr } = world;
  const writer = WRITERS[format](stdout);
  const progress = createProgress(stderr, stdout.columns !== undefined);
  let read = 0;
  let firstOther: number | undefined;
  const each = (lines: readonly WhoLine[]): boolean => {
    read += lines.length;
    firstOther ??= lines.find(({ packet }) => packet === undefined)?.line;
    stdout.write(lines.map(writer.line).join(""));
    progress.show(() => `${counted(read, "line")} read`);
    return stdout.closed !== true;
  };
  const { counts, record } = await whoLines({ input, interval, each, ...(store !== undefined && { store }) });
  progress.end();
  if (counts.lines === 0) throw noLines();
  stdout.write(writer.end(`,"counts":${jsonText(counts)},"record":${jsonText(recordDocument(record))}}\n`));
  if (counts.packets === 0) throw noneOfAFirewall(counts.lines);
  if (format === "text") stdout.write(countsText(counts, firstOther, stdout.columns));
  if (counts.answered > 0) return EXIT.done;
  return counts.undecided > 0 ? EXIT.undecided : EXIT.no;
}

/** How lines are written; `end` takes what a document says at its end. */
type Writer = { line: (line: WhoLine) => string; end: (facts: string) => string };

const WRITERS: { readonly [Name in Format]: (output: Output) => Writer } = {
  text: ({ columns, colour }) => {
    const options = { width: columns, colour, sanitise: visible };
    return { line: (line) => lineText(line, options), end: () => "" };
  },
  ndjson: () => ({ line: (line) => `${jsonText({ schema: "portolan.who-line/1", ...line })}\n`, end: () => "" }),
  json: () => {
    let before = `{"schema":"portolan.who-lines/1","lines":[\n`;
    return {
      line(line) {
        const text = before + jsonText(line);
        before = ",\n";
        return text;
      },
      end: (facts) => `\n]${facts}`,
    };
  },
  csv: () => {
    let heading = csvHeading();
    return {
      line(line) {
        const text = heading + csvRows(line);
        heading = "";
        return text;
      },
      end: () => "",
    };
  },
};

function noLines(): Problem {
  return new Problem("missing-value", "who needs a port, an address, or lines of a firewall's log", {
    why: "Standard input is empty.",
    next: "./portolan who :4444, or ./portolan who < /var/log/kern.log",
  });
}

function noneOfAFirewall(lines: number): Problem {
  const what =
    lines === 1
      ? "this is no line of a firewall's log"
      : `none of ${counted(lines, "line")} is one of a firewall's log`;
  return new Problem("bad-log", what, {
    why: "Read are lines of the kernel (SRC=… DST=… PROTO=… SPT=… DPT=…) and of Windows Firewall.",
    next: "./portolan who --help",
  });
}
