import { expect, test } from "vitest";
import type { Stat } from "../../../../../src/collect/linux/owners/stat.ts";
import { childrenOf, familyOf } from "../../../../../src/collect/linux/procfs/capture/family.ts";
import { stat } from "./look-script.ts";

const living = (processes: Record<number, Stat>) =>
  new Map(Object.entries(processes).map(([pid, each]) => [Number(pid), each]));
const pids = (members: Map<number, Stat>) => [...members.keys()].sort((a, b) => a - b);

test("a process, its children and theirs, whatever the order of pids", () => {
  const family = familyOf(50);
  expect(
    pids(family(living({ 1: stat(0, 1), 9: stat(60, 12), 50: stat(1, 10), 60: stat(50, 11), 70: stat(1, 13) }))),
  ).toEqual([9, 50, 60]);
});

test("a child that was seen stays when its parent ends", () => {
  const family = familyOf(50);
  family(living({ 50: stat(1, 10), 60: stat(50, 11) }));
  expect(pids(family(living({ 60: stat(1, 11), 61: stat(60, 12), 62: stat(1, 12) })))).toEqual([60, 61]);
});

test("a daemon whose parent was never seen is known by the session that a member founded", () => {
  const family = familyOf(50);
  family(living({ 50: stat(1, 10), 60: stat(50, 11, { session: 60 }) }));
  expect(pids(family(living({ 61: stat(1, 12, { session: 60 }), 62: stat(1, 12, { processGroup: 60 }) })))).toEqual([
    61, 62,
  ]);
});

test("a pid that came back is a stranger", () => {
  const family = familyOf(50);
  family(living({ 50: stat(1, 10), 60: stat(50, 11) }));
  expect(pids(family(living({ 50: stat(1, 99), 60: stat(1, 98) })))).toEqual([]);
});

test("what a process starts from now on, without itself and without what it had started", () => {
  const family = childrenOf(50);
  const before = { 50: stat(1, 10), 60: stat(50, 11) };
  expect(pids(family(living(before)))).toEqual([]);
  expect(pids(family(living({ ...before, 61: stat(60, 12), 70: stat(50, 12), 71: stat(70, 12) })))).toEqual([70, 71]);
  expect(pids(family(living({ ...before, 71: stat(1, 12), 60: stat(50, 13) })))).toEqual([60, 71]);
});
