import type { RecordFacts } from "../../src/model/record.ts";
import { openReader, openWriter } from "../../src/store/open.ts";
import { BEGIN, type Traffic } from "./traffic.ts";

/** A record that was written, and what the writing took. */
export type Built = {
  facts: RecordFacts;
  /** Usages when half of the flows had been written. */
  usagesHalfway: number;
  /** How long each batch took until it was durable, in milliseconds, from the shortest. */
  commits: number[];
  /** Flows for each second of writing. */
  rate: number;
};

/** Writes `flows` flows in batches of `size` to the file at `path`, and closes it. */
export async function buildRecord(
  path: string,
  traffic: Traffic,
  { flows, size }: { flows: number; size: number },
  progress: (text: string) => void,
): Promise<Built> {
  const writer = await openWriter(path, { startedAt: BEGIN, host: "bench", collector: "made up", version: "bench" });
  const commits: number[] = [];
  let usagesHalfway = 0;
  let until = BEGIN;
  for (let written = 0; written < flows; written += size) {
    if (usagesHalfway === 0 && written >= flows / 2) usagesHalfway = (await factsOf(path)).usages;
    const batch = traffic.batch(Math.min(size, flows - written));
    until = batch.until;
    const begin = performance.now();
    await writer.write(batch);
    commits.push(performance.now() - begin);
    if (commits.length % 50 === 0) progress(`${written + size} of ${flows} flows written`);
  }
  await writer.close(until);
  const seconds = commits.reduce((sum, each) => sum + each, 0) / 1000;
  return {
    facts: await factsOf(path),
    usagesHalfway,
    commits: commits.toSorted((a, b) => a - b),
    rate: flows / seconds,
  };
}

async function factsOf(path: string): Promise<RecordFacts> {
  const reader = await openReader(path);
  const facts = await reader.facts();
  await reader.close();
  return facts;
}
