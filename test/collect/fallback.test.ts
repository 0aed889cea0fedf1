import { expect, test } from "vitest";
import { withFallback } from "../../src/collect/fallback.ts";
import { createScriptedCollector } from "../../src/collect/scripted/collector.ts";
import type { Collector } from "../../src/model/interfaces.ts";
import { Problem } from "../../src/model/problem.ts";
import { snapshot } from "../model/world.ts";

const shown = snapshot([]);
const second = async () =>
  createScriptedCollector({ snapshots: [shown], steps: [], degradations: [{ what: "bytes" }] });

function failing(error: Error): Collector {
  const fail = async () => {
    throw error;
  };
  return { name: "ebpf", fromStart: true, snapshot: fail, capture: fail };
}

const refused = new Problem("not-available", "The kernel refuses it.", { why: "It is old.", next: "apt-get upgrade" });

test("where the best does not work, the second answers, and a capture says what is lost", async () => {
  const collector = withFallback(failing(refused), second);
  expect(await collector.snapshot({})).toBe(shown);
  const capture = await collector.capture({ kind: "machine" }, () => {});
  expect(capture.collector).toBe("scripted");
  expect(capture.degradations).toEqual([
    {
      what: "short connections and processes: The kernel refuses it. It is old",
      remedy: "apt-get upgrade",
    },
    { what: "bytes", remedy: "apt-get upgrade" },
  ]);
});

test("a bug is not taken for a machine that cannot", async () => {
  const collector = withFallback(failing(new TypeError("bug")), second);
  await expect(collector.snapshot({})).rejects.toThrow(TypeError);
  await expect(collector.capture({ kind: "machine" }, () => {})).rejects.toThrow(TypeError);
});
