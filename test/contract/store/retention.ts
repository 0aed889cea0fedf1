import { describe, expect, test } from "vitest";
import type { FlowRecord, RecordWriter, Retention, Usage } from "../../../src/model/record.ts";
import type { Engine } from "../store.ts";
import { batchOf, CURL, flow, HOUR, LIFE, MINUTE, REDIS, recorded, SERVER, START } from "./sample.ts";

const NOW = 10 * HOUR;

/** What is older than is kept goes, and nothing else. */
export function retentionContract(engine: Engine): void {
  describe("retention", () => {
    test("nothing is removed where everything is kept", async () => {
      await recorded(engine, [batchOf(NOW, [flow(REDIS, 10, 5)])], async (reader, writer) => {
        expect(await writer.retain({}, START + 1000 * HOUR, 100)).toBe(false);
        expect(await reader.facts()).toMatchObject({ flows: 1, hours: 1, usages: 1 });
      });
    });

    test("flows go by the age of their end, and what only they referred to goes with them", async () => {
      const gone = { ...SERVER, pid: 300, endedAt: START + HOUR };
      const idle = { ...SERVER, pid: 303, name: "idle" };
      const early = flow(REDIS, 0, 5, { process: gone, localAddress: "10.9.9.9", name: "gone.example" });
      const flows = [
        flow(REDIS, 10, 6 * HOUR, { process: SERVER }),
        flow(CURL, 20, undefined, { process: idle }),
        flow(REDIS, 30, 5),
        flow(CURL, 8 * HOUR, 5),
      ];
      const batches = [batchOf(HOUR, [early], { processes: [gone, SERVER, idle] }), batchOf(NOW, flows)];
      await recorded(engine, batches, async (reader, writer) => {
        await all(writer, { flows: 5 * HOUR });
        expect((await reader.flows({ limit: 23 })).map(({ startedAt }) => startedAt - START)).toEqual([
          8 * HOUR,
          20,
          10,
        ]);
        const facts = await reader.facts();
        expect(facts).toMatchObject({ flows: 3, flowsFrom: START + 5 * HOUR, hours: 3, usages: 2, processes: 2 });
        const [curl, redis] = await reader.usages({});
        expect([redis?.flows, curl?.flows]).toEqual([3, 2]);
        expect(curl?.processes.map(({ pid }) => pid)).toEqual([303]);
        // The parts of hours are not known any more: whole hours stand in for them.
        const [whole] = await reader.usages({ since: START + 25, until: START + 35 });
        expect(whole).toMatchObject({ wholeHours: true });
        expect((await reader.usages({ since: START + 7 * HOUR }))[0]).not.toHaveProperty("wholeHours");
      });
    });

    test("hours go by the age of usage, with what they added up to", async () => {
      const flows = [0, 1, 5, 9].map((hour) => flow(REDIS, hour * HOUR, 5, { bytesIn: 10 ** hour }));
      flows.push(flow(CURL, HOUR, 5, { name: "old.example" }));
      await recorded(engine, hourly(flows), async (reader, writer) => {
        expect(await reader.usages({})).toMatchObject([{ flows: 4, bytesIn: 1_000_100_011 }, { flows: 1 }]);
        await all(writer, { flows: HOUR, usage: 5 * HOUR });
        const firstSeen = START + 5 * HOUR;
        expect(await reader.usages({})).toMatchObject([{ flows: 2, bytesIn: 1_000_100_000, firstSeen }]);
        expect(await reader.facts()).toMatchObject({ usages: 1, hours: 2 });
        expect(await reader.applications({})).toMatchObject([{ application: "redis.service", flows: 2, firstSeen }]);
        await all(writer, { usage: 0 });
        expect(await reader.facts()).toMatchObject({ flows: 0, usages: 0, hours: 0 });
      });
    });

    test("where the size is limited, the oldest flows go first, then the oldest hours", async () => {
      const many = (hour: number) =>
        Array.from({ length: 2003 }, (_, index) => {
          const usage: Usage = { ...CURL, peer: `10.${hour}.${index >> 8}.${index & 255}` };
          return flow(usage, hour * HOUR + index * 1000, 500, { otherPort: 40_000 + index });
        });
      await recorded(engine, hourly([0, 1, 2, 9].flatMap(many)), async (reader, writer) => {
        const { size } = await reader.facts();
        await all(writer, { size: Math.floor(size * 0.6) });
        const facts = await reader.facts();
        expect(facts.flows).toBeLessThan(8012);
        const left = await reader.flows({ limit: 10_000 });
        expect(left).toHaveLength(facts.flows);
        const from = facts.flowsFrom ?? 0;
        expect(left.every(({ endedAt = from }) => endedAt >= from)).toBe(true);
        // An absurd limit takes all but the hour that is going on, and comes to an end.
        await all(writer, { size: 1 }, 9 * HOUR + MINUTE);
        expect((await reader.hours({})).map(({ hour }) => hour - START / HOUR)).toEqual(Array<number>(2003).fill(9));
        await writer.write(batchOf(NOW, [flow(REDIS, NOW, 5)]));
        expect(await reader.usages({ port: 6379 })).toMatchObject([{ flows: 1 }]);
      });
    });

    test("a process of this life is known as long as it lives, however idle", async () => {
      const first = flow(REDIS, 0, 5, { process: SERVER });
      await recorded(engine, [batchOf(MINUTE, [first], { processes: [SERVER] })], async (reader, writer) => {
        await all(writer, { flows: HOUR });
        await writer.write(batchOf(NOW, [flow(REDIS, NOW, 5, { process: SERVER })]));
        expect((await reader.flows({ limit: 23 })).map(({ process }) => process)).toEqual([SERVER]);
      });
    });

    test("a flow that goes on past one cutoff goes with the next", async () => {
      const flows = [flow(REDIS, 0, 2 * MINUTE), flow(CURL, MINUTE, 2 * HOUR)];
      await recorded(engine, [batchOf(NOW, flows)], async (reader, writer) => {
        const left = async (cutoff: number) => {
          await all(writer, { flows: NOW - cutoff });
          return (await reader.flows({ limit: 23 })).map(({ usage }) => usage.port);
        };
        expect(await left(MINUTE)).toEqual([443, 6379]);
        expect(await left(3 * MINUTE)).toEqual([443]);
        expect(await left(3 * HOUR)).toEqual([]);
      });
    });

    test("what was written with the clock set back goes, too", async () => {
      const flows = [flow(REDIS, 4 * HOUR, 5), flow(REDIS, 8 * HOUR, 5)];
      await recorded(engine, [batchOf(NOW, flows)], async (reader, writer) => {
        await all(writer, { flows: 5 * HOUR });
        await writer.write(batchOf(HOUR, [flow(CURL, 10, 5), flow(CURL, 20, HOUR)]));
        await all(writer, { flows: 4 * HOUR });
        expect((await reader.flows({ limit: 23 })).map(({ usage }) => usage.port)).toEqual([6379]);
        expect((await reader.facts()).flows).toBe(1);
      });
    });

    test("a clock that was far ahead, and is right again, makes nothing vanish that comes then, or stay for ever", async () => {
      const ahead = 1000 * HOUR;
      const early = batchOf(MINUTE, [flow(REDIS, 10, 5)]);
      await recorded(engine, [early, batchOf(ahead, [flow(REDIS, ahead - 9, 5)])], async (reader, writer) => {
        await all(writer, { flows: HOUR, usage: HOUR }, ahead);
        expect((await reader.facts()).flows).toBe(1);
        const { flow: _, ...asked } = flow(CURL, 2 * HOUR, 5, { process: SERVER, name: "a.example" });
        await writer.write(batchOf(3 * HOUR, [{ ...asked, flow: "new" }], { processes: [SERVER] }));
        await all(writer, { flows: 5 * HOUR, usage: 5 * HOUR }, 3 * HOUR);
        expect(await reader.flows({ port: 443, limit: 23 })).toEqual([asked]);
        expect(await reader.usages({ since: START + 2 * HOUR, until: START + 2 * HOUR })).toMatchObject([
          { ...CURL, flows: 1 },
        ]);
        await writer.write(batchOf(9 * HOUR, [], { exits: [{ process: SERVER, at: START + 9 * HOUR }] }));
        await all(writer, { flows: HOUR, usage: HOUR }, 12 * HOUR);
        expect((await reader.flows({ limit: 23 })).map(({ usage }) => usage.port)).toEqual([6379]);
        expect(await reader.facts()).toMatchObject({ flows: 1, hours: 1, usages: 1, processes: 0 });
      });
    });

    test("what flows still refer to stays, however long ago it was told of", async () => {
      const batches = [
        batchOf(MINUTE, [flow(REDIS, 10, 5, { process: SERVER })], {
          processes: [{ ...SERVER, name: "early" }, SERVER],
        }),
        batchOf(8 * HOUR, [flow(REDIS, 8 * HOUR - 9, 5, { process: SERVER })]),
        batchOf(9 * HOUR, [], { exits: [{ process: SERVER, at: START + 9 * HOUR }] }),
      ];
      await recorded(engine, batches, async (reader, writer) => {
        await all(writer, { flows: 5 * HOUR, usage: 5 * HOUR });
        const [kept, ...others] = await reader.flows({ limit: 23 });
        expect(kept?.process).toEqual({ ...SERVER, endedAt: START + 9 * HOUR });
        expect(others).toEqual([]);
        expect(await reader.usages({})).toMatchObject([{ flows: 1 }]);
      });
    });

    test("what was learned of a process since stays with it", async () => {
      const flows = [flow(REDIS, 0, 5), flow(REDIS, NOW - 9, 5, { process: SERVER })];
      const batches = [
        batchOf(NOW, flows, { processes: [{ ...SERVER, name: "early" }] }),
        batchOf(NOW, [], { processes: [SERVER] }),
      ];
      await recorded(engine, batches, async (reader, writer) => {
        await all(writer, { flows: 5 * HOUR });
        expect((await reader.flows({ limit: 23 })).map(({ process }) => process)).toEqual([SERVER]);
      });
    });

    test("a flow that was open and idle until its recorder ended is kept from then on", async () => {
      const place = await engine.place();
      try {
        const first = await place.writer(LIFE);
        const open = flow(REDIS, 10, undefined, { process: SERVER, localAddress: "10.0.0.9" });
        await first.write(batchOf(MINUTE, [open], { processes: [SERVER] }));
        await first.write({ until: START + 8 * HOUR });
        await first.close(START + 8 * HOUR);
        const second = await place.writer({ ...LIFE, startedAt: START + 9 * HOUR });
        await all(second, { flows: 5 * HOUR, usage: 5 * HOUR });
        const reader = await place.reader();
        const { flow: _, ...asked } = { ...open, endedAt: START + 8 * HOUR };
        expect(await reader.flows({ limit: 23 })).toEqual([asked]);
        await second.write(batchOf(NOW, [flow(REDIS, NOW, 5)]));
        expect(await reader.usages({})).toMatchObject([{ flows: 1, firstSeen: START + NOW }]);
        await reader.close();
        await second.close(START + NOW);
      } finally {
        await place.remove();
      }
    });

    test("what was removed is known anew when it comes again", async () => {
      const process = { ...SERVER, endedAt: START + HOUR };
      const more = { process, localAddress: "10.0.0.9", name: "again.example" };
      await recorded(
        engine,
        [batchOf(MINUTE, [flow(REDIS, 0, 5, more)], { processes: [process] })],
        async (reader, writer) => {
          const { flow: _, ...asked } = flow(REDIS, NOW, 5, more);
          await all(writer, { flows: HOUR, usage: HOUR });
          expect(await reader.facts()).toMatchObject({ usages: 0, processes: 0 });
          await writer.write(batchOf(NOW, [flow(REDIS, NOW, 5, more)], { processes: [process] }));
          expect(await reader.flows({ limit: 23 })).toEqual([asked]);
          expect(await reader.usages({})).toMatchObject([{ ...REDIS, flows: 1, names: ["again.example"] }]);
        },
      );
    });

    test("notes go with usage, and the last life stays", async () => {
      const gaps = [0, 9].map((hour) => ({ from: START, until: START + hour * HOUR, reason: String(hour) }));
      const marks = [0, 9].map((hour) => ({ at: START + hour * HOUR, text: String(hour) }));
      const batch = batchOf(NOW, [], { gaps, marks, hostAddresses: ["10.0.0.1"] });
      await recorded(engine, [batch], async (reader, writer) => {
        await all(writer, { usage: 5 * HOUR });
        expect((await reader.gaps({})).map(({ reason }) => reason)).toEqual(["9"]);
        expect((await reader.marks({})).map(({ text }) => text)).toEqual(["9"]);
        expect((await reader.facts()).lives).toHaveLength(1);
        expect(await reader.hostAddresses()).toHaveLength(1);
      });
    });
  });
}

/** Removes what there is to remove, in as many steps as it takes. */
async function all(writer: RecordWriter, retention: Retention, now = NOW): Promise<void> {
  for (let calls = 0; await writer.retain(retention, START + now, 5); calls++) {
    if (calls > 10_000) throw new Error("retention never comes to an end");
  }
}

/** A batch for each hour, as a recorder writes them. */
function hourly(flows: FlowRecord[]) {
  const hours = new Set(flows.map(({ startedAt }) => Math.floor((startedAt - START) / HOUR)));
  return [...hours]
    .sort((a, b) => a - b)
    .map((hour) => {
      const begun = flows.filter(({ startedAt }) => Math.floor((startedAt - START) / HOUR) === hour);
      return batchOf((hour + 1) * HOUR, begun);
    });
}
