import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { openReader, openWriter } from "../../src/store/open.ts";
import { batchOf, CURL, flow, LIFE, MINUTE, START } from "../contract/store/sample.ts";
import { recordFile } from "./place.ts";

test("the file becomes as small as its limit, and room within it is used again", async () => {
  const path = recordFile();
  const writer = await openWriter(path, LIFE);
  const batch = (number: number) => {
    const flows = Array.from({ length: 5003 }, (_, index) => flow(CURL, number * MINUTE + index * 1000, 5));
    return batchOf((number + 1) * MINUTE, flows);
  };
  for (let number = 0; number < 7; number++) await writer.write(batch(number));
  const size = 600_000;
  const shrink = async (now: number) => {
    while (await writer.retain({ size }, START + now * MINUTE, 5));
  };
  await shrink(7);
  const reader = await openReader(path);
  expect((await reader.facts()).flows).toBeGreaterThan(5003);
  for (let number = 7; number < 17; number++) {
    await writer.write(batch(number));
    await shrink(number + 1);
  }
  expect((await reader.flows({ limit: 1 }))[0]?.startedAt).toBe(START + 16 * MINUTE + 5002 * 1000);
  await reader.close();
  await writer.close(START + 17 * MINUTE);
  expect(statSync(path).size).toBeLessThanOrEqual(size);
});
