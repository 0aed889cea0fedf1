import { chmodSync, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openReader, openWriter } from "../../src/store/open.ts";
import { nobodyCanRead } from "../contract/collector/without-root.ts";
import { isRoot } from "../contract/collector.ts";
import { batchOf, flow, LIFE, MINUTE, REDIS } from "../contract/store/sample.ts";
import { start } from "./child.ts";
import { recordFile } from "./place.ts";

/** The user and group that own nothing, on every distribution. */
const NOBODY = 65_534;

const lack = !isRoot
  ? "only root acts as another user"
  : nobodyCanRead()
    ? undefined
    : "others may not read this checkout";

/** A record in a folder that others may look into. */
function sharedFile(): string {
  const path = recordFile();
  chmodSync(dirname(path), 0o755);
  return path;
}

async function readBy(uid: number, path: string): Promise<string | undefined> {
  return start("program-read.ts", [path], { uid, gid: uid }).next();
}

describe("a user who may read the record, and no more,", () => {
  test("reads while the recorder writes, after it was killed, and after it has gone", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const path = sharedFile();
    const recorder = start("program-hold.ts", [path]);
    await recorder.next();
    expect(await readBy(NOBODY, path)).toBe("1 flows");
    await recorder.kill();
    expect(await readBy(NOBODY, path)).toBe("1 flows");
    const writer = await openWriter(path, LIFE);
    await writer.write(batchOf(MINUTE, [flow(REDIS, 20, 5)]));
    const reader = await openReader(path);
    expect(await reader.flows({ limit: 23 })).toHaveLength(2);
    // With a reader that stays, the files beside the record have to stay, too.
    await writer.close(LIFE.startedAt + MINUTE);
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(await readBy(NOBODY, path)).toBe("2 flows");
    await reader.close();
    expect(await readBy(NOBODY, path)).toBe("2 flows");
    await (await openWriter(path, LIFE)).close(LIFE.startedAt + MINUTE);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(await readBy(NOBODY, path)).toBe("2 flows");
  });

  test("is told where another program took away what reading needs", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const path = sharedFile();
    const writer = await openWriter(path, LIFE);
    await writer.close(LIFE.startedAt);
    const database = new DatabaseSync(path);
    database.exec("pragma journal_mode = wal");
    database.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(await readBy(NOBODY, path)).toBe("not-permitted");
    expect(await readBy(0, path)).toBe("0 flows");
    expect(await readBy(NOBODY, path)).toBe("0 flows");
  });

  test("may be kept from it", async ({ skip }) => {
    skip(lack !== undefined, lack);
    const path = sharedFile();
    await (await openWriter(path, LIFE)).close(LIFE.startedAt);
    chmodSync(path, 0o600);
    expect(await readBy(NOBODY, path)).toBe("not-permitted");
    chmodSync(dirname(path), 0o700);
    expect(await readBy(NOBODY, path)).toBe("not-permitted");
  });
});

describe("a second recorder", () => {
  test("is told the first one's pid, and writes when that was killed", async () => {
    const path = recordFile();
    const first = start("program-hold.ts", [path]);
    expect(await first.next()).toBe("held");
    const refusal = await openWriter(path, LIFE).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "record-in-use",
      status: 69,
      why: expect.stringContaining(`process ${first.process.pid}.`),
      next: expect.stringContaining(`ps -p ${first.process.pid}`),
    });
    await first.kill();
    const second = await openWriter(path, LIFE);
    expect(second.before).toMatchObject({ until: LIFE.startedAt + MINUTE, ended: false });
    await second.close(LIFE.startedAt + MINUTE);
  });

  test("writes when the first one has said goodbye", async () => {
    const path = recordFile();
    const first = start("program-hold.ts", [path]);
    await first.next();
    first.process.stdin?.write("\n");
    expect(await first.next()).toBe("closed");
    const second = await openWriter(path, LIFE);
    expect(second.before).toMatchObject({ ended: true });
    await second.close(LIFE.startedAt + MINUTE);
    // What is beside the record means nothing alone.
    expect(statSync(`${path}-lock`).isFile()).toBe(true);
  });
});
