import { describe, expect, test } from "vitest";
import type { Engine } from "../store.ts";
import { batchOf, HOUR, MINUTE, recorded, START } from "./sample.ts";

/** What the record says of the recording. */
export function noteContract(engine: Engine): void {
  describe("notes", () => {
    test("gaps, marks, clock steps, costs and addresses come back where their time is asked for", async () => {
      const gap = { from: START - HOUR, until: START - MINUTE, reason: "the recorder did not run" };
      const loss = { from: START, until: START + 5, reason: "ring full", lost: 1009 };
      const mark = { at: START + 7, text: "Sync now\n\u001b[1m" };
      const step = { at: START + MINUTE, before: START + 3 * HOUR, after: START + HOUR };
      const cost = { from: START, until: START + MINUTE, processor: 10_007, memory: 70e6, flows: 101, lost: 0 };
      const batches = [
        batchOf(MINUTE, [], {
          gaps: [loss, gap],
          marks: [mark],
          costs: [cost],
          hostAddresses: ["10.0.0.1", "fe80::1%eth0"],
        }),
        batchOf(2 * MINUTE, [], { clockSteps: [step], hostAddresses: ["10.0.0.1"] }),
      ];
      await recorded(engine, batches, async (reader) => {
        expect(await reader.gaps({})).toEqual([gap, loss]);
        expect(await reader.gaps({ since: START })).toEqual([loss]);
        expect(await reader.gaps({ until: START - 1 })).toEqual([gap]);
        expect(await reader.gaps({ since: START - 2 * MINUTE, until: START - 2 * MINUTE })).toEqual([gap]);
        expect(await reader.marks({})).toEqual([mark]);
        expect(await reader.marks({ since: START + 7, until: START + 7 })).toEqual([mark]);
        expect(await reader.marks({ since: START + 8 })).toEqual([]);
        expect(await reader.clockSteps({ since: START + 2 * HOUR, until: START + 2 * HOUR })).toEqual([step]);
        expect(await reader.clockSteps({ since: START + 4 * HOUR })).toEqual([]);
        expect(await reader.costs({ until: START })).toEqual([cost]);
        expect(await reader.costs({ since: START + MINUTE + 1 })).toEqual([]);
        expect(await reader.hostAddresses()).toEqual([
          { address: "10.0.0.1", firstSeen: START + MINUTE, lastSeen: START + 2 * MINUTE },
          { address: "fe80::1%eth0", firstSeen: START + MINUTE, lastSeen: START + MINUTE },
        ]);
      });
    });
  });
}
