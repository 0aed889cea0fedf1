import { describe, expect, test } from "vitest";
import { Problem } from "../../../src/model/problem.ts";
import type { Engine } from "../store.ts";
import { batchOf, CURL, flow, HOUR, MINUTE, REDIS, recorded, START } from "./sample.ts";

/** Answers that are easy to check by hand. */
export function answerContract(engine: Engine): void {
  describe("answers", () => {
    test("what is unknown is absent, and sums keep what is known", async () => {
      const flows = [
        flow(CURL, 10, 5),
        flow(CURL, 20, 5, { bytesIn: 0 }),
        flow(CURL, 30, 5, { bytesIn: 7 }),
        flow(REDIS, 40, 5),
      ];
      await recorded(engine, [batchOf(MINUTE, flows)], async (reader) => {
        for (const interval of [{}, { since: START, until: START + MINUTE }]) {
          const [redis, curl] = await reader.usages(interval);
          expect(curl).toMatchObject({ ...CURL, flows: 3, failed: 0, bytesIn: 7 });
          expect(curl).not.toHaveProperty("bytesOut");
          expect(redis).not.toHaveProperty("bytesIn");
        }
        const [, , second, first] = await reader.flows({ limit: 23 });
        expect(first).not.toHaveProperty("bytesIn");
        expect(second).toHaveProperty("bytesIn", 0);
      });
    });

    test("a connection that began hours before is found at a moment, with what is known of it", async () => {
      const long = flow(REDIS, 10 * MINUTE, undefined, {
        otherPort: 40_001,
        bytesIn: 11,
        found: true,
        name: "db.example",
      });
      const batches = [batchOf(11 * MINUTE, [long]), batchOf(5 * HOUR, [flow(CURL, 4 * HOUR, 5)])];
      await recorded(engine, batches, async (reader) => {
        const at = { since: START + 4 * HOUR + MINUTE, until: START + 4 * HOUR + MINUTE };
        const { flow: _, ...rest } = long;
        expect(await reader.flows({ ...at, limit: 23 })).toEqual([rest]);
        expect(await reader.usages({ ...at, port: 6379 })).toMatchObject([
          {
            ...REDIS,
            flows: 1,
            bytesIn: 11,
            firstSeen: long.startedAt,
            lastSeen: START + 5 * HOUR,
            names: ["db.example"],
          },
        ]);
        expect(await reader.usages({ ...at, port: 443 })).toEqual([]);
        const began = long.startedAt;
        expect(await reader.flows({ until: began - 1, limit: 23 })).toEqual([]);
        expect(await reader.flows({ until: began, limit: 23 })).toHaveLength(1);
      });
    });

    test("an open flow that is written again keeps its one row", async () => {
      const grown = (bytesIn: number, lasted?: number) => flow(REDIS, 10, lasted, { bytesIn });
      const batches = [1, 2, 3].map((n) => ({ until: START + n * MINUTE, flows: [grown(n)] }));
      batches.push({ until: START + 4 * MINUTE, flows: [grown(5), grown(7, 3 * MINUTE)] });
      await recorded(engine, batches, async (reader) => {
        expect(await reader.flows({ limit: 23 })).toMatchObject([{ bytesIn: 7, endedAt: START + 10 + 3 * MINUTE }]);
        expect((await reader.facts()).flows).toBe(1);
      });
    });

    test("flows that begin in the same microsecond are all kept, a few microseconds apart", async () => {
      const together = Array.from({ length: 503 }, (_, index) => ({
        ...flow(CURL, 1000, 1),
        flow: String(index),
        otherPort: 10_000 + index,
      }));
      const batches = [batchOf(MINUTE, together.slice(0, 101)), batchOf(2 * MINUTE, together.slice(101))];
      await recorded(engine, batches, async (reader) => {
        const flows = await reader.flows({ limit: 1000 });
        expect(new Set(flows.map(({ otherPort }) => otherPort)).size).toBe(503);
        for (const { startedAt, endedAt } of flows) {
          expect(startedAt).toBeGreaterThanOrEqual(START + 1000);
          expect(startedAt).toBeLessThan(START + 1000 + 503);
          expect(endedAt).toBeGreaterThanOrEqual(startedAt);
        }
        expect(await reader.usages({ since: START, until: START + MINUTE })).toMatchObject([{ flows: 503 }]);
      });
    });

    test("either end's port finds servers and clients, and needs a time", async () => {
      const flows = [
        flow(CURL, 10, 5, { otherPort: 6379 }),
        flow(REDIS, 20, 5, { otherPort: 50_000 }),
        flow(REDIS, 30, 5, { otherPort: 443 }),
      ];
      await recorded(engine, [batchOf(MINUTE, flows)], async (reader) => {
        const since = START;
        const ports = async (asked: { eitherPort?: number; otherPort?: number; port?: number }) =>
          (await reader.flows({ ...asked, since, limit: 23 })).map(({ startedAt }) => startedAt - START);
        expect(await ports({ eitherPort: 6379 })).toEqual([30, 20, 10]);
        expect(await ports({ eitherPort: 443 })).toEqual([30, 10]);
        expect(await ports({ otherPort: 443 })).toEqual([30]);
        expect(await ports({ port: 6379, otherPort: 50_000 })).toEqual([20]);
        expect(await reader.usages({ eitherPort: 443, since })).toMatchObject([
          { ...REDIS, flows: 1 },
          { ...CURL, flows: 1 },
        ]);
        const refused = await reader.flows({ eitherPort: 443, limit: 23 }).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(Problem);
        expect(refused).toMatchObject({ code: "bad-value" });
      });
    });

    test("a name finds the peers that it led to, however it is written", async () => {
      const named = (name: string, peer: string, from: number) => flow({ ...CURL, peer }, from, 5, { name });
      const flows = [named("www.example", "192.0.2.1", 10), named("WWW.example", "192.0.2.2", 20), flow(CURL, 30, 5)];
      flows.push(named("other.example", "192.0.2.1", 40));
      await recorded(engine, [batchOf(MINUTE, flows)], async (reader) => {
        const peers = (await reader.usages({ name: "www.EXAMPLE" })).map(({ peer }) => peer);
        expect(peers).toEqual(["192.0.2.1", "192.0.2.2"]);
        expect((await reader.usages({ peer: "192.0.2.1" }))[0]?.names).toEqual(["other.example", "www.example"]);
      });
    });

    test("an interval that ends before it begins has nothing in it", async () => {
      await recorded(engine, [batchOf(MINUTE, [flow(REDIS, 10)])], async (reader) => {
        const backwards = { since: START + MINUTE, until: START };
        expect(await reader.usages(backwards)).toEqual([]);
        expect(await reader.flows({ ...backwards, limit: 23 })).toEqual([]);
        expect(await reader.applications(backwards)).toEqual([]);
      });
    });

    test("what repeats takes no new usage", async () => {
      const noise = Array.from({ length: 101 }, (_, index) =>
        flow(REDIS, index * 100, 50, { otherPort: 32_768 + index }),
      );
      const batches = [0, 1, 2].map((n) => ({ ...batchOf((n + 1) * MINUTE, noise), flows: moved(noise, n * MINUTE) }));
      await recorded(engine, batches, async (reader) => {
        expect(await reader.facts()).toMatchObject({ usages: 1, flows: 303, hours: 1 });
      });
    });

    test("a clock that was set back loses and reorders nothing", async () => {
      const day = 24 * HOUR;
      const batches = [batchOf(day, [flow(CURL, day - 5, 3)]), batchOf(MINUTE, [flow(REDIS, 10, 5)])];
      await recorded(engine, batches, async (reader) => {
        const flows = await reader.flows({ limit: 23 });
        expect(flows.map(({ startedAt }) => startedAt - START)).toEqual([day - 5, 10]);
        expect((await reader.usages({})).map(({ port, flows }) => [port, flows])).toEqual([
          [443, 1],
          [6379, 1],
        ]);
        expect((await reader.facts()).until).toBe(START + MINUTE);
      });
    });
  });
}

function moved<T extends { flow: string; startedAt: number; endedAt?: number }>(flows: T[], by: number): T[] {
  return flows.map((flow) => ({
    ...flow,
    flow: `${flow.flow} ${by}`,
    startedAt: flow.startedAt + by,
    ...(flow.endedAt !== undefined && { endedAt: flow.endedAt + by }),
  }));
}
