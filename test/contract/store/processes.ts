import { describe, expect, test } from "vitest";
import type { RecordedProcess } from "../../../src/model/record.ts";
import type { Engine } from "../store.ts";
import { batchOf, CURL, flow, HOUR, MINUTE, REDIS, recorded, SERVER, START } from "./sample.ts";

/** Processes and programs. */
export function processContract(engine: Engine): void {
  describe("processes", () => {
    test("come back as they were, and end", async () => {
      const bare: RecordedProcess = { pid: 7, startedAt: START, name: "", application: "?" };
      const orphan: RecordedProcess = { ...SERVER, pid: 102, parents: [], modules: [] };
      const flows = [SERVER, bare, orphan].map((process, index) => flow(REDIS, index * 10, 5, { process }));
      const batches = [
        batchOf(MINUTE, flows, { processes: [SERVER, bare, orphan] }),
        batchOf(2 * MINUTE, [], { exits: [{ process: SERVER, at: START + 90 }] }),
      ];
      await recorded(engine, batches, async (reader) => {
        const ended = { ...SERVER, endedAt: START + 90 };
        const found = (await reader.flows({ limit: 23 })).map(({ process }) => process);
        expect(found).toEqual([orphan, bare, ended]);
        const [answer] = await reader.usages({});
        expect(answer?.processes).toEqual([bare, orphan, ended]);
      });
    });

    test("a pid that came back is another process", async () => {
      const [first, second] = [0, 50].map((later) => ({ ...SERVER, startedAt: SERVER.startedAt + later }));
      if (first === undefined || second === undefined) throw new Error("two processes");
      const flows = [flow(REDIS, 10, 5, { process: first }), flow(REDIS, 20, 5, { process: second })];
      await recorded(engine, [batchOf(MINUTE, flows, { processes: [first, second] })], async (reader) => {
        expect((await reader.flows({ limit: 23 })).map(({ process }) => process)).toEqual([second, first]);
      });
    });

    test("one that comes after its first flow is known from then on", async () => {
      const flows = [10, 20].map((from) => flow(REDIS, from, 5, { process: SERVER }));
      const batches = [
        batchOf(MINUTE, flows.slice(0, 1)),
        batchOf(2 * MINUTE, flows.slice(1), { processes: [SERVER] }),
      ];
      await recorded(engine, batches, async (reader) => {
        expect((await reader.flows({ limit: 23 })).map(({ process }) => process)).toEqual([SERVER, undefined]);
      });
    });

    test("what is learned later replaces what was known", async () => {
      const { modules, parents, ...early } = SERVER;
      const batches = [
        batchOf(MINUTE, [flow(REDIS, 10, undefined, { process: SERVER })], { processes: [early] }),
        batchOf(2 * MINUTE, [], { processes: [{ ...SERVER, name: "renamed" }] }),
      ];
      await recorded(engine, batches, async (reader) => {
        expect((await reader.flows({ limit: 23 }))[0]?.process).toEqual({ ...SERVER, name: "renamed" });
        expect((await reader.facts()).processes).toBe(1);
      });
    });

    test("an answer has the latest 23 of a usage, and those of single flows for an interval", async () => {
      const processes = Array.from({ length: 31 }, (_, index) => ({
        ...SERVER,
        pid: 500 + index,
        startedAt: START + index,
      }));
      const flows = processes.map((process, index) => flow(CURL, index * MINUTE, 5, { process }));
      await recorded(engine, [batchOf(HOUR, flows, { processes })], async (reader) => {
        const [ever] = await reader.usages({});
        expect(ever?.processes.map(({ pid }) => pid)).toEqual(Array.from({ length: 23 }, (_, index) => 530 - index));
        const [some] = await reader.usages({ since: START + 3 * MINUTE, until: START + 5 * MINUTE });
        expect(some?.processes.map(({ pid }) => pid)).toEqual([505, 504, 503]);
      });
    });

    test("programs are those of the application's processes, each version once", async () => {
      const executable = "/usr/bin/redis-server";
      const version = { executable, sha256: "ab".repeat(32), size: 1009, changedAt: START - HOUR, firstSeen: START };
      const newer = {
        ...version,
        sha256: "cd".repeat(32),
        changedAt: START,
        firstSeen: START + 1,
        modules: ["/lib/a.so"],
      };
      const batches = [
        batchOf(MINUTE, [], {
          processes: [SERVER],
          programs: [version, { executable: "/bin/other", firstSeen: START }],
        }),
        batchOf(2 * MINUTE, [], { programs: [newer, { ...version, firstSeen: START + 5 }] }),
      ];
      await recorded(engine, batches, async (reader) => {
        expect(await reader.programs("redis.service")).toEqual([version, newer]);
        expect(await reader.programs("nobody")).toEqual([]);
      });
    });
  });
}
