import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openReader, openWriter } from "../../src/store/open.ts";
import { LIFE, MINUTE, START } from "../contract/store/sample.ts";
import { start } from "./child.ts";
import { crashBatch, FLOWS } from "./crash-batch.ts";
import { recordFile } from "./place.ts";

/** How often a recorder is killed, and how many lives are written to one record. */
const KILLS = 100;
const LIVES = 10;

test("a killed recorder loses nothing that was acknowledged, and leaves nothing half-written", {
  timeout: 300_000,
}, async () => {
  let acknowledged = 0;
  for (let kills = 0; kills < KILLS; kills += LIVES) {
    const path = recordFile();
    let written = 0;
    for (let life = 0; life < LIVES; life++) {
      const said = await killedWriter(path, written);
      acknowledged += said.length;
      expect(said).toEqual(said.map((_, index) => written + index));
      const found = await check(path, written, said.length);
      written = found;
    }
  }
  expect(acknowledged).toBeGreaterThan(KILLS);
});

/** Runs a recorder that writes without a pause, and kills it at a random moment. Answers what it acknowledged. */
async function killedWriter(path: string, from: number): Promise<number[]> {
  const child = start("program-crash.ts", [path, String(from)]);
  expect(await child.next()).toBe("ready");
  const moment = performance.now() + Math.random() * 60;
  let last = await child.next();
  while (last !== undefined && performance.now() < moment) last = await child.next();
  await child.kill();
  while (last !== undefined) last = await child.next();
  return child.lines.slice(1).map(Number);
}

/** Every batch up to the last acknowledged one is there, at most one more, and each as a whole. Answers how many. */
async function check(path: string, before: number, acknowledged: number): Promise<number> {
  const reader = await openReader(path);
  const marks = await reader.marks({});
  const written = marks.length;
  expect(written - before).toBeGreaterThanOrEqual(acknowledged);
  expect(written - before).toBeLessThanOrEqual(acknowledged + 1);
  expect(marks.map(({ at }) => at)).toEqual(marks.map((_, index) => index));
  const facts = await reader.facts();
  expect(facts).toMatchObject({ flows: written * FLOWS, processes: written, until: START + written * MINUTE });
  const usages = await reader.usages({});
  expect(usages.reduce((sum, { flows }) => sum + flows, 0)).toBe(written * FLOWS);
  expect(usages.reduce((sum, { bytesIn = 0 }) => sum + bytesIn, 0)).toBe(written * FLOWS);
  const last = written - 1;
  const flows = await reader.flows({ since: START + last * MINUTE, limit: 2 * FLOWS });
  const began = flows.filter(({ startedAt }) => startedAt >= START + last * MINUTE);
  expect(began).toHaveLength(written === 0 ? 0 : (crashBatch(last).flows?.length ?? 0));
  await reader.close();
  const writer = await openWriter(path, { ...LIFE, startedAt: START + written * MINUTE });
  expect(writer.before).toMatchObject({ until: START + written * MINUTE, ended: false });
  await writer.close(START + written * MINUTE);
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare("pragma integrity_check").all()).toMatchObject([{ integrity_check: "ok" }]);
  expect(database.prepare("select count(*) as open from flow where lasted is null").all()).toMatchObject([{ open: 0 }]);
  database.close();
  return written;
}
