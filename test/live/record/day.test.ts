import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { gapBetween } from "../../../src/analyze/record/between.ts";
import { createFold } from "../../../src/analyze/record.ts";
import type { Gap } from "../../../src/model/gap.ts";
import { openReader, openWriter } from "../../../src/store/open.ts";
import { Day } from "./day.ts";

/** Tuesday, 2026-11-17, 00:00 UTC. */
const MIDNIGHT = 1_794_873_600_000_000;
const MINUTES = 24 * 60;
const FLOWS_A_MINUTE = 1399;
/** Minutes in which the recorder stops; for so many nobody looks, and then another one starts. */
const STOPS = new Set([401, 811, 1201]);
const AWAY = 3;

/** Two million flows of 500 applications in a day, with three restarts: the record says what the day counted, gap for gap. */
test("a day of a machine", { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "portolan-day-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "portolan.db");
  const day = new Day(MIDNIGHT);
  const gaps: Gap[] = [];
  for (let minute = 0; minute < MINUTES; ) {
    const moment = () => ({ wall: day.now, steady: day.now - MIDNIGHT });
    const life = { startedAt: day.now, host: "harbour", collector: "scripted", version: "0.0.0" };
    const writer = await openWriter(path, life);
    const gap = gapBetween(writer.before, day.now, undefined);
    if (gap !== undefined) gaps.push(gap);
    const fold = createFold((process) => ({ ...process, application: process.name }), moment());
    fold.add(day.begin(), moment(), false);
    await writer.write({ until: day.now, ...fold.take(moment()), ...(gap && { gaps: [gap] }) });
    do {
      fold.add(day.minute(FLOWS_A_MINUTE), moment(), false);
      await writer.write({ until: day.now, ...fold.take(moment()) });
      minute++;
    } while (minute < MINUTES && !STOPS.has(minute));
    fold.add(day.end(), moment(), false);
    await writer.write({ until: day.now, ...fold.take(moment(), true) });
    await writer.close(day.now);
    for (let away = 0; away < AWAY; away++) day.skip();
  }

  expect(day.flows).toBeGreaterThan(2_000_000);
  const reader = await openReader(path);
  try {
    const found = await reader.applications({});
    const told = new Map(
      found.map(({ application, flows, failed, bytesIn, bytesOut, listens }) => [
        application,
        { flows, failed, bytesIn: bytesIn ?? 0, bytesOut: bytesOut ?? 0, listens },
      ]),
    );
    const counted = new Map([...day.counted].map(([name, sums]) => [name, { ...sums, listens: sums.listens.size }]));
    expect(told.size).toBe(counted.size);
    for (const [name, sums] of counted) expect({ name, ...told.get(name) }).toEqual({ name, ...sums });
    expect(await reader.gaps({})).toEqual(gaps);
    expect(gaps).toHaveLength(STOPS.size);
    const facts = await reader.facts();
    expect(facts.lives.map(({ ended }) => ended)).toEqual([true, true, true, true]);
    // Behaviour repeats, and usages do not grow with it: listeners, their peers, and clients with theirs.
    expect(facts.usages).toBeLessThan(500 * 9);
    expect(facts.size / facts.flows).toBeLessThan(40 + 20);
  } finally {
    await reader.close();
  }
});
