import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openReader, openWriter } from "../../src/store/open.ts";
import { batchOf, CURL, flow, LIFE, MINUTE } from "../contract/store/sample.ts";
import { folder, recordFile } from "./place.ts";

/** A closed record with 503 flows. */
async function someRecord(): Promise<string> {
  const path = recordFile();
  const writer = await openWriter(path, LIFE);
  const flows = Array.from({ length: 503 }, (_, index) => flow(CURL, index * 10, 5, { otherPort: 40_000 + index }));
  await writer.write(batchOf(MINUTE, flows));
  await writer.close(LIFE.startedAt + MINUTE);
  return path;
}

async function refusals(path: string) {
  const refusal = (error: unknown) => error;
  return [await openReader(path).catch(refusal), await openWriter(path, LIFE).catch(refusal)];
}

describe("a file that is no record is named, and stays as it is", () => {
  test.each([
    ["text", Buffer.from("no database, but longer than the header of one is\n".repeat(100))],
    ["noise", Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * 7919) & 255))],
  ])("%s", async (_, content) => {
    const path = recordFile();
    writeFileSync(path, content);
    const expected = {
      code: "bad-record",
      why: expect.stringContaining("no database"),
      next: expect.stringContaining("--store"),
    };
    for (const refusal of await refusals(path)) expect(refusal).toMatchObject(expected);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test("another program's database", async () => {
    const path = recordFile();
    const database = new DatabaseSync(path);
    database.exec("create table notes (text); pragma user_version = 1");
    database.close();
    const before = readFileSync(path);
    const expected = { code: "bad-record", why: expect.stringContaining("another program") };
    for (const refusal of await refusals(path)) expect(refusal).toMatchObject(expected);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe("a damaged record", () => {
  test("that was cut short is refused", async () => {
    const path = await someRecord();
    truncateSync(path, 20_480);
    const expected = { code: "bad-record", message: `${path} is damaged`, next: expect.stringContaining(`mv ${path}`) };
    for (const refusal of await refusals(path)) expect(refusal).toMatchObject(expected);
  });

  test("with a page of noise says so when that page is read", async () => {
    const path = await someRecord();
    const database = new DatabaseSync(path);
    const pages = database.prepare("select pageno from dbstat where name = 'flow'").all();
    database.close();
    const bytes = readFileSync(path);
    for (const { pageno } of pages) bytes.fill(0x5a, (Number(pageno) - 1) * 4096, Number(pageno) * 4096);
    writeFileSync(path, bytes);
    const reader = await openReader(path);
    await expect(reader.flows({ limit: 23 })).rejects.toMatchObject({
      code: "bad-record",
      message: `${path} is damaged`,
    });
    expect(await reader.usages({})).toMatchObject([{ flows: 503 }]);
    await reader.close();
  });
});

describe("what is not there", () => {
  test("a missing file is no record to a reader", async () => {
    const path = recordFile();
    const expected = { code: "no-record", status: 69, next: `./portolan record --store ${path}` };
    await expect(openReader(path)).rejects.toMatchObject(expected);
  });

  test("an empty file is none yet, and becomes one", async () => {
    const path = recordFile();
    writeFileSync(path, "");
    await expect(openReader(path)).rejects.toMatchObject({ code: "no-record", why: expect.stringContaining("empty") });
    const writer = await openWriter(path, LIFE);
    const reader = await openReader(path);
    expect(await reader.facts()).toMatchObject({ flows: 0, layout: 1 });
    await reader.close();
    await writer.close(LIFE.startedAt);
  });

  test("a folder is no file", async () => {
    const path = folder();
    for (const refusal of await refusals(path)) {
      expect(refusal).toMatchObject({ code: "bad-record", message: `${path} is no file` });
    }
  });

  test("a folder that cannot be made is said", async () => {
    const file = join(folder(), "file");
    writeFileSync(file, "");
    const expected = { code: "record-failed", next: expect.stringContaining("--store") };
    await expect(openWriter(join(file, "below/record.db"), LIFE)).rejects.toMatchObject(expected);
  });

  test("missing folders are made", async () => {
    const path = join(folder(), "a/b/record.db");
    const writer = await openWriter(path, LIFE);
    await writer.close(LIFE.startedAt);
    mkdirSync(join(path, "..", "beside"));
    await (await openReader(path)).close();
  });
});
