import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { cgroup2Mount } from "../../../../src/collect/linux/cgroup/mount.ts";
import { unitCgroup } from "../../../../src/collect/linux/cgroup/unit.ts";
import { lack } from "./machine.ts";

describe("the cgroup of a unit", () => {
  const why = lack();
  const mine = `portolan-test-${process.pid}`;
  const slice = join(cgroup2Mount() ?? "/", `${mine}.slice`);
  const inner = join(slice, `${mine}-inner.slice`);
  const tree = [
    slice,
    inner,
    join(inner, `${mine}-web.service`),
    join(inner, `${mine}-both.service`),
    join(inner, `${mine}-both.scope`),
    join(inner, `${mine}-app@1\\x2d2.service`),
  ];
  const made: string[] = [];

  beforeEach(({ skip }) => {
    if (why) return skip(why);
    if (made.length > 0) return;
    for (const path of tree) {
      mkdirSync(path);
      made.push(path);
    }
  });
  afterAll(() => {
    for (const path of made.reverse()) rmdirSync(path);
  });

  test.each([
    ["a service by its whole name", `${mine}-web.service`, tree[2]],
    ["a service by its name alone", `${mine}-web`, tree[2]],
    ["a slice", `${mine}.slice`, slice],
    ["a service before a scope of the same name", `${mine}-both`, tree[3]],
    ["a scope by its whole name", `${mine}-both.scope`, tree[4]],
    ["an instance whose name is escaped", `${mine}-app@1\\x2d2`, tree[5]],
  ])("is found for %s", (_, unit, path) => {
    expect(unitCgroup(unit)).toBe(path);
  });

  test.each([
    ["a unit that does not run", `${mine}-none`],
    ["the beginning of a name", `${mine}-we`],
    ["nothing", ""],
    ["a path", `${mine}.slice/${mine}-inner.slice`],
    ["a way out", `../${mine}`],
    ["the folder itself", "."],
  ])("is none for %s", (_, unit) => {
    expect(unitCgroup(unit)).toBeUndefined();
  });
});
