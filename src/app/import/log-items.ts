import { createReadStream } from "node:fs";
import type { Heading } from "../../formats/port-reporter/heading.ts";
import { LONGEST_LINE, type PortReporterItem, PortReporterReader } from "../../formats/port-reporter/reader.ts";
import { TextLines } from "../../formats/text/text-lines.ts";
import { Problem } from "../../model/problem.ts";

/** What a line of a log told, its number, and what is known of the log by then. */
export type LogItem = { item: PortReporterItem; line: number; heading: Heading };

/**
 * Reads one of Port Reporter's logs, in whatever encoding, a piece at a time; `bytes` limits it to its beginning.
 * Answers what its heading says. @throws Problem `bad-log` where the file cannot be read.
 */
export async function* logItems(path: string, bytes?: number): AsyncGenerator<LogItem, Heading> {
  const lines = new TextLines(LONGEST_LINE);
  const reader = new PortReporterReader();
  let line = 0;
  const itemsOf = ({ text, cut }: { text: string; cut: boolean }): LogItem[] => {
    line++;
    const items: PortReporterItem[] = cut
      ? [{ kind: "unreadable", why: `longer than ${LONGEST_LINE} characters` }]
      : reader.read(text);
    return items.map((item) => ({ item, line, heading: reader.heading }));
  };
  for await (const piece of pieces(path, bytes)) for (const text of lines.push(piece)) yield* itemsOf(text);
  for (const text of lines.end()) yield* itemsOf(text);
  for (const item of reader.end()) yield { item, line, heading: reader.heading };
  return reader.heading;
}

async function* pieces(path: string, bytes: number | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, bytes === undefined ? {} : { end: bytes - 1 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Problem("bad-log", `${path} cannot be read`, {
      why: code === "ENOENT" ? "There is no such file." : message,
      next: `ls -l ${path}`,
      cause: error,
    });
  }
}
