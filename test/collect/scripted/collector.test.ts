import { expect, test } from "vitest";
import { createScriptedCollector } from "../../../src/collect/scripted/collector.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import { snapshot, socket } from "../../model/world.ts";

const exit = (pid: number): CollectorEvent => ({ kind: "exit", at: pid, process: { pid, startedAt: 0 } });
const scope = { kind: "machine" } as const;

test("shows one snapshot after the other, and the last one again", async () => {
  const [first, second] = [snapshot([socket({})]), snapshot([])];
  const collector = createScriptedCollector({ snapshots: [first, second] });
  expect(await collector.snapshot({})).toBe(first);
  expect(await collector.snapshot({})).toBe(second);
  expect(await collector.snapshot({})).toBe(second);
});

test("a script without a snapshot has none", async () => {
  await expect(createScriptedCollector({ steps: [] }).snapshot({})).rejects.toThrow("no snapshot");
});

test("plays its events in order and stops at a wait until it is passed", async () => {
  const seen: number[] = [];
  const collector = createScriptedCollector({
    steps: [{ events: [exit(1), exit(2)] }, { wait: "clicked" }, { events: [exit(3)] }],
    degradations: [{ what: "bytes" }],
  });
  const capture = await collector.capture(scope, (events) => {
    for (const { at } of events) seen.push(at);
  });
  expect(capture.degradations).toEqual([{ what: "bytes" }]);
  await collector.reached("clicked");
  await capture.flush();
  expect(seen).toEqual([1, 2]);
  collector.pass("clicked");
  await capture.flush();
  expect(seen).toEqual([1, 2, 3]);
  await capture.close();
});

test("a world that was closed while it waited reports nothing more", async () => {
  const seen: CollectorEvent[] = [];
  const collector = createScriptedCollector({ steps: [{ wait: "never" }, { events: [exit(3)] }] });
  const capture = await collector.capture(scope, (events) => void seen.push(...events));
  await collector.reached("never");
  await capture.close();
  collector.pass("never");
  await capture.flush();
  expect(seen).toEqual([]);
});

test("a sink that fails is heard of by whoever flushes", async () => {
  const collector = createScriptedCollector({ steps: [{ events: [exit(1)] }] });
  const capture = await collector.capture(scope, () => {
    throw new Error("sink");
  });
  await expect(capture.flush()).rejects.toThrow("sink");
});
