import { cpSync, existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openReader, openWriter } from "../../src/store/open.ts";
import { connect } from "../../src/store/sqlite/connection.ts";
import { LAYOUTS, layoutOf, upgrade } from "../../src/store/sqlite/layout.ts";
import { LIFE } from "../contract/store/sample.ts";
import { FIXTURE_BATCHES, fixtureOf } from "./fixtures/record.ts";
import { recordFile } from "./place.ts";

/** A layout of the future: what a later version might do to a record. */
const NEXT = [
  ...LAYOUTS,
  "create table later (id integer primary key) strict; insert into later select max(id) from usage",
];
const BROKEN = [...LAYOUTS, "create table later (id integer primary key) strict; insert into nowhere values (1)"];

/** A copy of the record that was written with layout `version`. */
function copyOf(version: number): string {
  const path = recordFile();
  cpSync(fixtureOf(version), path);
  return path;
}

function open<T>(path: string, work: Parameters<typeof connect<T>>[1]): Promise<T> {
  return connect({ path, reading: false }, (connection) => {
    const result = work(connection);
    connection.close();
    return result;
  });
}

describe("layouts", () => {
  test.each(LAYOUTS.map((_, index) => index + 1))("a record of layout %i is read, and written on", async (version) => {
    const path = copyOf(version);
    const writer = await openWriter(path, LIFE);
    expect(writer.before).toMatchObject({ host: "fixture", ended: true });
    await writer.write({ ...FIXTURE_BATCHES[0], until: LIFE.startedAt } as (typeof FIXTURE_BATCHES)[0]);
    const reader = await openReader(path);
    const facts = await reader.facts();
    expect(facts.layout).toBe(LAYOUTS.length);
    const flows = FIXTURE_BATCHES.flatMap((batch) => batch.flows ?? []);
    expect(facts.flows).toBe(flows.length + (FIXTURE_BATCHES[0].flows?.length ?? 0));
    expect((await reader.usages({})).map(({ application }) => application).sort()).toEqual(["curl", "redis.service"]);
    expect(await reader.gaps({})).toHaveLength(2);
    await reader.close();
    await writer.close(LIFE.startedAt);
  });

  test("the newest layout has its record in the repository", () => {
    expect(existsSync(fixtureOf(LAYOUTS.length))).toBe(true);
  });

  test("a later layout is reached in one step, and once", async () => {
    const path = copyOf(1);
    for (let time = 0; time < 2; time++) {
      const rows = await open(path, (connection) => {
        upgrade(connection, NEXT);
        return connection.number("select count(*) from later");
      });
      expect(rows).toBe(1);
    }
    expect(await open(path, (connection) => layoutOf(connection, NEXT))).toBe(2);
  });

  test("a step that fails leaves the record as it was", async () => {
    const path = copyOf(1);
    await expect(open(path, (connection) => upgrade(connection, BROKEN))).rejects.toThrow("nowhere");
    expect(await open(path, (connection) => layoutOf(connection))).toBe(1);
    expect(
      await open(path, (connection) => connection.number("select count(*) from sqlite_schema where name = 'later'")),
    ).toBe(0);
  });

  test("a record of a newer Portolan is left alone, and an older one is not read", async () => {
    const path = copyOf(1);
    const database = new DatabaseSync(path);
    database.exec("pragma user_version = 997");
    database.close();
    const newer = {
      code: "bad-record",
      message: expect.stringContaining("newer"),
      why: expect.stringContaining("997"),
    };
    await expect(openReader(path)).rejects.toMatchObject(newer);
    await expect(openWriter(path, LIFE)).rejects.toMatchObject(newer);
    await expect(open(copyOf(1), (connection) => layoutOf(connection, []))).rejects.toMatchObject({
      code: "bad-record",
    });
  });
});
