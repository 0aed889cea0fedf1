import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { gapBetween } from "../../analyze/record/between.ts";
import { createFold } from "../../analyze/record.ts";
import { dropPrivileges, identity, selectCapture, thriftyMemory } from "../../collect/select.ts";
import type { Settings } from "../../formats/config/settings.ts";
import type { CollectorEvent } from "../../model/event.ts";
import type { Degradation } from "../../model/gap.ts";
import type { RecordWriter } from "../../model/record.ts";
import { openWriter, recordPath } from "../../store/open.ts";
import { createClock } from "./clock.ts";
import { Costs } from "./cost.ts";
import { Keeping } from "./keeping.ts";
import type { Tell } from "./notice.ts";
import { Recording } from "./recording.ts";
import { DEFAULTS } from "./settings.ts";
import { Standing } from "./standing.ts";
import { tellOf } from "./tell.ts";
import { Writing } from "./writing.ts";

/** A recorder that is ready: whatever happens from now on is recorded. */
export type Recorder = {
  readonly path: string;
  readonly collector: string;
  readonly degradations: readonly Degradation[];
  /** Notes that this function of an application is being exercised from now on. */
  mark(text: string): void;
  /** Writes what has come together, and removes some of what is too old. */
  tick(): Promise<void>;
  /** Has `call` called when so much has come together that it should be written at once. */
  onMuch(call: () => void): void;
  /** Writes the rest and says goodbye. Answers how many flows began or failed in all. */
  stop(): Promise<{ flows: number; lost: number }>;
  /** Gives up: what was not written by now is a gap for the next recorder. */
  abandon(): Promise<void>;
  /** Resolves when the collector has ended by itself. */
  readonly broken: Promise<Error> | undefined;
};

/**
 * Starts the collector on the whole machine, and opens the record.
 * @throws Problem what collectors and the store throw.
 */
export async function startRecorder(settings: Settings, version: string, tell: Tell): Promise<Recorder> {
  const path = recordPath(settings.store);
  await dropPrivileges("observe", !isRoots(path));
  const trim = await thriftyMemory();
  const { collector, degradations } = await selectCapture(settings.collector);
  const who = await identity();
  const clock = createClock();
  const fold = createFold((process) => who.of(process, clock().wall), clock());
  let receive = (events: CollectorEvent[]): void => fold.add(events, clock(), true);
  const capture = await collector.capture({ kind: "machine" }, (events) => receive(events));
  const ready = clock();
  let writer: RecordWriter;
  try {
    const life = { startedAt: ready.wall, host: hostname(), collector: capture.collector, version };
    const bootId = readBootId();
    writer = await openWriter(settings.store, { ...life, ...(bootId !== undefined && { bootId }) });
  } catch (error) {
    await capture.close();
    throw error;
  }
  await dropPrivileges("follow", !isRoots(path));
  const standing = new Standing(capture, ready.wall);
  const before = gapBetween(writer.before, ready.wall, readBootId());
  const costs = new Costs(ready, trim);
  const writing = new Writing(writer, tell);
  const recording = new Recording({ fold, identity: who, costs, standing, writing }, before);
  const { keepFlows: flows, keepUsage: usage, maxSize: size } = { ...DEFAULTS, ...settings };
  const keeping = new Keeping(writer, { flows, usage, size }, tell);
  let much = (): void => {};
  receive = (events) => {
    if (recording.add(events, clock())) much();
  };
  return {
    path,
    collector: capture.collector,
    degradations: [...degradations, ...capture.degradations],
    broken: capture.broken,
    onMuch(call) {
      much = call;
    },
    mark: (text) => recording.mark(text, clock()),
    async tick() {
      const now = clock();
      tellOf(await recording.write(now, false), tell);
      await keeping.step(now);
    },
    async stop() {
      receive = (events) => {
        const news = events.filter((event) => !standing.isSaid(event));
        recording.add(news, clock());
      };
      await capture.close();
      const now = clock();
      tellOf(await recording.write(now, true), tell);
      await writer.close(now.wall);
      who.close();
      return fold.counts;
    },
    async abandon() {
      who.close();
      await capture.close();
    },
  };
}

/** Whether root writes to the record by its own right, and needs no privilege for it. */
function isRoots(path: string): boolean {
  return [path, dirname(path)].every((one) => (statSync(one, { throwIfNoEntry: false })?.uid ?? 0) === 0);
}

/** The kernel's number for this run of the machine (random(4)). */
function readBootId(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}
