import { describe, expect, test } from "vitest";
import type { Engine } from "../store.ts";
import { batchOf, CURL, flow, LIFE, MINUTE, REDIS, START } from "./sample.ts";

/** Recorders that come and go. */
export function lifeContract(engine: Engine): void {
  describe("lives of the recorder", () => {
    test("each start knows the one before, and open flows end with theirs", async () => {
      const place = await engine.place();
      try {
        const first = await place.writer(LIFE);
        expect(first.before).toBeUndefined();
        await first.write(batchOf(MINUTE, [flow(REDIS, 10), flow(CURL, 20, 5)]));
        await first.close(START + 2 * MINUTE);
        const later = { ...LIFE, startedAt: START + 5 * MINUTE };
        const { bootId, ...another } = later;
        const second = await place.writer(another);
        expect(second.before).toEqual({ ...LIFE, until: START + 2 * MINUTE, ended: true });
        // The same word for another flow: it is of this life.
        await second.write({
          until: START + 6 * MINUTE,
          flows: [{ ...flow(REDIS, 10), startedAt: START + 5 * MINUTE + 7 }],
        });
        const reader = await place.reader();
        const flows = await reader.flows({ limit: 23 });
        expect(flows.map(({ startedAt, endedAt }) => [startedAt, endedAt].map((at) => at && at - START))).toEqual([
          [5 * MINUTE + 7, undefined],
          [20, 25],
          [10, 2 * MINUTE],
        ]);
        const facts = await reader.facts();
        expect(facts).toMatchObject({ from: START, until: START + 6 * MINUTE, flowsFrom: START, flows: 3 });
        expect(facts.lives).toEqual([
          { ...LIFE, until: START + 2 * MINUTE, ended: true },
          { ...another, until: START + 6 * MINUTE, ended: false },
        ]);
        await reader.close();
        await second.close(START + 7 * MINUTE);
      } finally {
        await place.remove();
      }
    });

    test("readers read while a recorder writes, and after it has gone", async () => {
      const place = await engine.place();
      try {
        const writer = await place.writer(LIFE);
        const early = await place.reader();
        expect(await early.flows({ limit: 23 })).toEqual([]);
        expect(await early.facts()).toMatchObject({ flows: 0, usages: 0, until: START });
        for (const n of [1, 2, 3]) {
          await writer.write(batchOf(n * MINUTE, [flow(REDIS, n * 10, 5)]));
          expect(await early.flows({ limit: 23 })).toHaveLength(n);
        }
        await writer.close(START + 4 * MINUTE);
        expect(await early.flows({ limit: 23 })).toHaveLength(3);
        const late = await place.reader();
        expect(await late.flows({ limit: 23 })).toHaveLength(3);
        const next = await place.writer(LIFE);
        await next.write(batchOf(5 * MINUTE, [flow(REDIS, 50, 5)]));
        expect(await early.flows({ limit: 23 })).toHaveLength(4);
        expect(await late.flows({ limit: 23 })).toHaveLength(4);
        await next.close(START + 6 * MINUTE);
        await early.close();
        await late.close();
      } finally {
        await place.remove();
      }
    });

    test("a second recorder is told of the first", async () => {
      const place = await engine.place();
      try {
        const writer = await place.writer(LIFE);
        await expect(place.writer(LIFE)).rejects.toMatchObject({
          code: "record-in-use",
          why: expect.stringContaining(String(process.pid)),
        });
        await writer.write(batchOf(MINUTE, [flow(REDIS, 10)]));
        await writer.close(START + MINUTE);
        const next = await place.writer(LIFE);
        await next.close(START + MINUTE);
      } finally {
        await place.remove();
      }
    });
  });
}
