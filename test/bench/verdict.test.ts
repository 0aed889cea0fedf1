import { expect, test } from "vitest";
import { PORTOLAN, ss } from "../../bench/snapshot/listers.ts";
import type { Run } from "../../bench/snapshot/race.ts";
import { raceResult } from "../../bench/snapshot/result.ts";

const held = { total: 23, processes: [{ pid: 71, sockets: 23 }], release: async () => {} };
const target = { against: "ss -tunap", atMost: 0.6 };

function verdict(ours: Partial<Run>, theirs: Partial<Run>) {
  const runs: Run[] = [
    { lister: PORTOLAN, times: [], processor: [], ...ours },
    { lister: ss("-tunap"), times: [], processor: [], ...theirs },
  ];
  return raceResult(runs, held, [target]).verdicts[0];
}

const times = (...values: number[]) => ({ times: values, processor: values });

test("medians decide", () => {
  expect(verdict(times(5, 6, 900), times(10, 10, 10))).toMatchObject({ measured: "0.60", reached: true });
  expect(verdict(times(1, 7, 7), times(10, 10, 10))).toMatchObject({ measured: "0.70", reached: false });
});

test("a wrong answer is never fast enough", () => {
  const wrong = verdict({ ...times(1, 1, 1), fault: "22 of 23 sockets" }, times(10, 10, 10));
  expect(wrong).toMatchObject({ reached: false, note: "portolan ls: 22 of 23 sockets" });
  expect(wrong?.measured).toBeUndefined();
});

test("without its peer nothing is reached", () => {
  const alone = verdict(times(1, 1, 1), { fault: "missing: apt install iproute2" });
  expect(alone).toMatchObject({ reached: false, note: "ss -tunap: missing: apt install iproute2" });
});
