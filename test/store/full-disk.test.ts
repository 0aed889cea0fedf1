import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Problem } from "../../src/model/problem.ts";
import { openReader, openWriter } from "../../src/store/open.ts";
import { isRoot } from "../contract/collector.ts";
import { batchOf, CURL, flow, LIFE, MINUTE, REDIS, SERVER } from "../contract/store/sample.ts";
import { folder } from "./place.ts";

const lack = isRoot ? undefined : "only root mounts a small disk";

/** A disk of its own with so many kilobytes (tmpfs(5)), unmounted when the test has finished. */
function disk(kilobytes: number): string {
  const path = folder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "none", path]);
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", path]);
  });
  return path;
}

/** Batch `number`: flows that end, one that stays open, and one that grows with every batch. */
function batch(number: number) {
  const flows = Array.from({ length: 101 }, (_, index) =>
    flow({ ...CURL, peer: `10.${number}.0.${index}` }, number * MINUTE + 1000 + index, 5, {
      otherPort: 40_000 + index,
    }),
  );
  const open = flow(REDIS, number * MINUTE + 500, undefined, { process: SERVER });
  const growing = flow(REDIS, 1, undefined, { bytesIn: number });
  return batchOf((number + 1) * MINUTE, [...flows, open, growing], {
    processes: [SERVER],
    marks: [{ at: number, text: "" }],
  });
}

describe("a full disk", () => {
  test("leaves nothing half-written, and the same batch succeeds once there is room", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const place = disk(2048);
    const ballast = join(place, "ballast");
    writeFileSync(ballast, Buffer.alloc(512 * 1024));
    const path = join(place, "record.db");
    const writer = await openWriter(path, LIFE);
    let written = 0;
    let refusal: unknown;
    while (refusal === undefined && written < 1000) {
      refusal = await writer.write(batch(written)).catch((error: unknown) => error);
      if (refusal === undefined) written++;
    }
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ code: "record-full", status: 74, next: `df -h ${path}` });
    await expect(writer.write(batch(written))).rejects.toMatchObject({ code: "record-full" });
    const reader = await openReader(path);
    await whole(reader, written);
    rmSync(ballast);
    await writer.write(batch(written));
    await writer.write(batch(written + 1));
    await whole(reader, written + 2);
    await reader.close();
    await writer.close(LIFE.startedAt + 1000 * MINUTE);
  });

  test("has no room for a new record", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const place = disk(64);
    await expect(openWriter(join(place, "record.db"), LIFE)).rejects.toMatchObject({ code: "record-full" });
  });

  test("may stop retention, which goes on once there is room", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const place = disk(4096);
    const ballast = join(place, "ballast");
    writeFileSync(ballast, Buffer.alloc(512 * 1024));
    const writer = await openWriter(join(place, "record.db"), LIFE);
    let number = 0;
    while ((await writer.write(batch(number)).catch((error: unknown) => error)) === undefined) number++;
    const now = LIFE.startedAt + number * MINUTE;
    const keep = { flows: 3 * MINUTE };
    // What goes has to be noted first, and whether there is room for that depends on how the disk became full.
    const outcome = await writer.retain(keep, now, 1).catch((error: unknown) => error);
    if (typeof outcome !== "boolean") expect(outcome).toMatchObject({ code: "record-full" });
    rmSync(ballast);
    while (await writer.retain(keep, now, 100));
    await writer.write(batch(number));
    await writer.close(now + MINUTE);
  });
});

test("a read-only disk takes no record, and one on it is read", async ({ skip }) => {
  skip(lack !== undefined, lack);
  const place = disk(2048);
  const path = join(place, "record.db");
  const writer = await openWriter(path, LIFE);
  await writer.write(batch(0));
  await writer.close(LIFE.startedAt + MINUTE);
  execFileSync("mount", ["-o", "remount,ro", place]);
  await expect(openWriter(path, LIFE)).rejects.toMatchObject({
    code: "record-failed",
    why: expect.stringContaining("read-only"),
  });
  const reader = await openReader(path);
  await whole(reader, 1);
  await reader.close();
});

/** All of each of the first `count` batches, and nothing else. */
async function whole(reader: Awaited<ReturnType<typeof openReader>>, count: number): Promise<void> {
  const flows = await reader.flows({ limit: 1_000_000 });
  expect(flows).toHaveLength(count * 102 + 1);
  expect(flows.at(-1)).toMatchObject({ bytesIn: count - 1 });
  expect(flows.filter(({ process }) => process?.pid === SERVER.pid)).toHaveLength(count);
  expect(await reader.facts()).toMatchObject({ flows: flows.length, until: LIFE.startedAt + count * MINUTE });
  expect(await reader.marks({})).toHaveLength(count);
  const usages = await reader.usages({});
  // The growing flow is in each batch's hours.
  expect(usages.reduce((sum, usage) => sum + usage.flows, 0)).toBe(count * 103);
}
