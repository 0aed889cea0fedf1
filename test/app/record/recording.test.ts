import { beforeEach, describe, expect, it } from "vitest";
import { createFold } from "../../../src/analyze/record.ts";
import { Costs } from "../../../src/app/record/cost.ts";
import { Keeping } from "../../../src/app/record/keeping.ts";
import type { Notice } from "../../../src/app/record/notice.ts";
import { Recording } from "../../../src/app/record/recording.ts";
import { Standing } from "../../../src/app/record/standing.ts";
import { tellOf } from "../../../src/app/record/tell.ts";
import { Writing } from "../../../src/app/record/writing.ts";
import type { Capture } from "../../../src/model/interfaces.ts";
import type { ProgramRecord } from "../../../src/model/record.ts";
import { at, flow, process, START } from "../../analyze/events.ts";
import { MemoryWriter } from "./memory-writer.ts";

let now: { wall: number; steady: number };
let notices: Notice[];
let writer: MemoryWriter;
let programs: ProgramRecord[];
let reasons: string[];
let recording: Recording;

beforeEach(() => {
  now = { wall: START, steady: 1e9 };
  notices = [];
  writer = new MemoryWriter();
  programs = [];
  reasons = [];
  const tell = (notice: Notice) => void notices.push(notice);
  const capture: Capture = {
    collector: "scripted",
    degradations: [],
    flush: async () => {},
    close: async () => {},
    standing: () => reasons,
  };
  const before = { from: START - 5e6, until: START, reason: "no recorder ran" };
  recording = new Recording(
    {
      fold: createFold((one) => ({ ...one, application: one.name }), now),
      identity: {
        of: (one) => ({ ...one, application: one.name }),
        programs: () => programs.splice(0),
        close: () => {},
      },
      costs: new Costs(now, () => {}),
      standing: new Standing(capture, START),
      writing: new Writing(writer, tell),
    },
    before,
  );
});

function pass(seconds: number) {
  now = { wall: now.wall + seconds * 1e6, steady: now.steady + seconds * 1e6 };
}

function events(count: number) {
  const flows = Array.from({ length: count }, (_, index) =>
    flow(`f${now.wall}-${index}`, "192.0.2.1:443", "192.0.2.7:50000", { startedAt: now.wall, at: now.wall }),
  );
  return [process(101), ...flows];
}

describe("batches", () => {
  it("tell the gap before, once, and nothing while nothing happens but a sign of life", async () => {
    for (let second = 0; second < 23; second++) {
      pass(1);
      await recording.write(now, false);
    }
    expect(writer.batches.map(({ gaps }) => gaps?.map(({ reason }) => reason))).toEqual([["no recorder ran"], [], []]);
    expect(writer.batches.map(({ until }) => until)).toEqual([at(1 - 3), at(11 - 3), at(21 - 3)]);
  });

  it("reach no further than what has been delivered", async () => {
    pass(30);
    recording.add(events(1), now);
    pass(10);
    await recording.write(now, false);
    expect(writer.batches.at(-1)?.until).toBe(at(30));
    await recording.write(now, true);
    expect(writer.batches.at(-1)?.until).toBe(at(40));
  });

  it("come before their time where there is much", () => {
    expect(recording.add(events(9_973), now)).toBe(false);
    expect(recording.add(events(29), now)).toBe(true);
  });

  it("hold programs, and each minute what the recorder took", async () => {
    programs.push({ executable: "/usr/sbin/nginx", firstSeen: START });
    recording.add(events(23), now);
    pass(61);
    await recording.write(now, false);
    const [batch] = writer.batches;
    expect(batch?.programs).toEqual([{ executable: "/usr/sbin/nginx", firstSeen: START }]);
    expect(batch?.costs).toMatchObject([{ from: START, until: at(61), flows: 23, lost: 0 }]);
    expect(batch?.costs?.[0]?.memory).toBeGreaterThan(1e6);
    expect(batch?.costs?.[0]?.processor).toBeGreaterThan(0);
  });

  it("tell every hour what may be missed all the time", async () => {
    reasons = ["polled"];
    for (let minute = 0; minute < 61; minute++) {
      pass(60);
      await recording.write(now, false);
    }
    await recording.write(now, true);
    const gaps = writer.batches.flatMap((batch) => batch.gaps ?? []).filter(({ reason }) => reason === "polled");
    expect(gaps).toEqual([
      { from: START, until: at(3600), reason: "polled" },
      { from: at(3600), until: at(3660), reason: "polled" },
    ]);
  });
});

describe("a full disk", () => {
  it("costs nothing while memory is enough, and is told", async () => {
    writer.full = true;
    for (let second = 0; second < 7; second++) {
      pass(1);
      recording.add(events(23), now);
      await recording.write(now, false);
    }
    expect(notices).toMatchObject([{ event: "disk-full", level: "error", fields: { next: "df -h x.db" } }]);
    writer.full = false;
    for (let second = 0; second < 6; second++) {
      pass(1);
      recording.add(events(1), now);
      await recording.write(now, false);
    }
    const flows = writer.batches.flatMap((batch) => batch.flows ?? []);
    expect(flows).toHaveLength(7 * 23 + 6);
    const hourly = writer.batches.flatMap((batch) => batch.hourly ?? []);
    expect(hourly.reduce((sum, row) => sum + row.flows, 0)).toBe(7 * 23 + 6);
    expect(notices[1]).toMatchObject({ event: "room-again", level: "info", fields: { lost: 0 } });
  });

  it("costs single connections beyond that, which is a gap with their number, and no sums", async () => {
    writer.full = true;
    for (let second = 0; second < 11; second++) {
      pass(1);
      recording.add(events(9_973), now);
      await recording.write(now, false);
    }
    writer.full = false;
    pass(5);
    await recording.write(now, false);
    const [batch] = writer.batches;
    expect(batch?.flows).toHaveLength(100_000);
    expect(batch?.hourly?.reduce((sum, row) => sum + row.flows, 0)).toBe(11 * 9_973);
    const lost = 11 * 9_973 - 100_000;
    expect(batch?.gaps?.at(-1)).toMatchObject({
      lost,
      reason: expect.stringContaining("single connections are missing"),
    });
    expect(notices[1]).toMatchObject({ event: "room-again", level: "warn", fields: { lost } });
  });

  it("at the end is a failure", async () => {
    writer.full = true;
    await expect(recording.write(now, true)).rejects.toMatchObject({ code: "record-full" });
  });

  it("does not stop retention for good", async () => {
    const keeping = new Keeping(writer, { flows: 7 }, (notice) => notices.push(notice));
    writer.full = true;
    await keeping.step(now);
    writer.full = false;
    pass(61);
    await keeping.step(now);
    expect(writer.retained).toHaveLength(1);
  });
});

it("retention goes in steps until nothing is left, and then waits a minute", async () => {
  const keeping = new Keeping(writer, { flows: 7, usage: 11, size: 13 }, (notice) => notices.push(notice));
  writer.old = 3;
  for (let second = 0; second < 60; second++) {
    await keeping.step(now);
    pass(1);
  }
  expect(writer.retained).toHaveLength(3);
  expect(writer.retained[0]).toEqual({ retention: { flows: 7, usage: 11, size: 13 }, now: START });
  expect(notices).toMatchObject([{ event: "retention", fields: { steps: 2 } }]);
  pass(3);
  await keeping.step(now);
  expect(writer.retained).toHaveLength(4);
});

it("whoever looks after the recorder is told of gaps, losses and a clock that was set", () => {
  const gap = { from: at(0), until: at(1), reason: "no recorder ran: it had been stopped" };
  const loss = { from: at(1), until: at(2), reason: "the ring buffer was full: connections were lost", lost: 23 };
  const clockSteps = [{ at: at(3), before: at(3), after: at(3 - 86_400) }];
  tellOf({ until: at(4), gaps: [gap, loss], clockSteps }, (notice) => notices.push(notice));
  expect(notices.map(({ event, level, text }) => `${event} ${level}: ${text}`)).toEqual([
    "gap info: no recorder ran: it had been stopped, from 2026-11-23T09:00:00.000000Z until 2026-11-23T09:00:01.000000Z",
    "loss warn: the ring buffer was full: connections were lost (23), from 2026-11-23T09:00:01.000000Z until 2026-11-23T09:00:02.000000Z",
    "clock-step warn: the clock was set from 2026-11-23T09:00:03.000000Z to 2026-11-22T09:00:03.000000Z",
  ]);
});
