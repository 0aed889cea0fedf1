import type { Watch } from "../../app/watch/watch.ts";
import type { Change } from "../../model/change.ts";
import { changeDocument } from "../../model/change-document.ts";
import type { WatchDocument } from "../../model/documents/event.ts";
import { gapDocument } from "../../model/record-document.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import { jsonText } from "../json-text.ts";
import { csvHeading, csvRow } from "./csv-rows.ts";
import { createTextLines } from "./text-lines.ts";

/** The formats of `watch`. */
export const FORMATS = ["json", "ndjson", "csv"] as const;

/** Writes a watch down as it goes on. */
export type Writer = {
  /** What stands in front of the first change. */
  start: string;
  change(change: Change): string;
  /** What stands behind the last one. */
  end(endedAt: Micros): string;
};

/** A writer of what `watch` tells. */
export function createWriter(format: (typeof FORMATS)[number] | "text", watch: Watch): Writer {
  if (format === "text") return { start: "", change: createTextLines(), end: () => "" };
  if (format === "csv") return { start: csvHeading(), change: csvRow, end: () => "" };
  if (format === "json") return jsonWriter(watch);
  const head = `${jsonText({ schema: "portolan.event/1", host: watch.host }).slice(0, -1)},`;
  return { start: "", change: (change) => `${head}${jsonText(changeDocument(change)).slice(1)}\n`, end: () => "" };
}

/** One document, one event a line: it is complete when the watch has ended. */
function jsonWriter(watch: Watch): Writer {
  const { host, filters, collector } = watch;
  const head = {
    schema: "portolan.watch/1",
    host,
    filters: [...filters],
    startedAt: isoTime(watch.startedAt),
    collector,
  } satisfies Partial<WatchDocument>;
  let separator = "\n";
  return {
    start: `${jsonText(head).slice(0, -1)},"events":[`,
    change(change) {
      const text = separator + jsonText(changeDocument(change));
      separator = ",\n";
      return text;
    },
    end(endedAt) {
      const { found, opened, closed, failed, gaps } = watch.tally;
      const tail = {
        endedAt: isoTime(endedAt),
        degradations: watch.degradations,
        found,
        opened,
        closed,
        failed,
        complete: gaps.length === 0,
        gaps: gaps.map(gapDocument),
      } satisfies Partial<WatchDocument>;
      return `\n],${jsonText(tail).slice(1)}\n`;
    },
  };
}
