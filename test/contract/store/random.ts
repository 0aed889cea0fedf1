import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  FlowRecord,
  HourlyRecord,
  RecordBatch,
  RecordedProcess,
  RecordReader,
  Usage,
  UsageAnswer,
  Use,
  UseQuestion,
} from "../../../src/model/record.ts";
import type { Engine } from "../store.ts";
import { keyOf, NaiveRecord } from "./naive.ts";
import { CURL, HOUR, LIFE, MINUTE, START } from "./sample.ts";

/** How long a made-up record goes on. */
const LENGTH = 6 * HOUR;

const PROCESSES: RecordedProcess[] = [0, 1, 2].map((index) => ({
  pid: 200 + index,
  startedAt: START - 7 * HOUR + index,
  name: `worker-${index}`,
  application: "made-up",
}));

/** Moments that hit the edges of hours as often as anything else. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: LENGTH }),
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -1, max: 1 })).map(([hour, by]) => hour * HOUR + by),
);
const bytes = fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined });
const port = fc.constantFrom(53, 443, 40_000);

const anyUsage = fc
  .record({
    application: fc.constantFrom("alpha", "beta", "gamma"),
    use: fc.constantFrom<Use>("listen", "inbound", "outbound", "bind-failed"),
    protocol: fc.constantFrom("tcp" as const, "udp" as const),
    port,
    peer: fc.constantFrom("10.0.0.1", "10.0.1.1", "::ffff:10.0.0.1", "2001:db8::1", "fe80::1%eth0", undefined),
  })
  .map(({ peer, ...rest }) => (peer === undefined ? rest : { ...rest, peer }));
/** Mostly one of two, so that much meets in one. */
const usage: fc.Arbitrary<Usage> = fc.oneof(
  anyUsage,
  fc.constant(CURL),
  fc.constant({ ...CURL, application: "alpha" }),
);

/** A flow as it grows: what each batch from its beginning on says of it. */
const life = fc
  .record({
    usage,
    from: moment,
    lasted: fc.oneof(fc.nat(1000), fc.nat(10 * MINUTE), fc.nat(4 * HOUR)),
    ends: fc.boolean(),
    process: fc.option(fc.constantFrom(...PROCESSES), { nil: undefined }),
    otherPort: fc.option(port, { nil: undefined }),
    error: fc.option(fc.constant("ECONNREFUSED"), { nil: undefined }),
    found: fc.option(fc.constant(true as const), { nil: undefined }),
    name: fc.option(fc.constantFrom("a.example", "b.example"), { nil: undefined }),
    localAddress: fc.option(fc.constantFrom("10.0.0.9", "2001:db8::9"), { nil: undefined }),
    bytesIn: bytes,
    bytesOut: bytes,
  })
  .map((flow) => flow);

const hourly = fc.record({
  usage,
  hour: fc.integer({ min: 0, max: 6 }),
  flows: fc.nat(3),
  failed: fc.nat(2),
  bytesIn: bytes,
  bytesOut: bytes,
  at: fc.tuple(fc.nat(HOUR - 1), fc.nat(HOUR - 1)),
});

/** What narrows a question; most of it is left out. */
const rare = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.nat(3).chain((pick) => (pick === 0 ? arbitrary : fc.constant(undefined)));

const question = fc.record({
  since: fc.option(moment, { nil: undefined }),
  length: fc.option(fc.oneof(fc.constant(0), fc.constant(HOUR - 1), fc.nat(LENGTH)), { nil: undefined }),
  application: rare(fc.constantFrom("alpha", "nobody")),
  uses: rare(fc.subarray<Use>(["listen", "inbound", "outbound"], { minLength: 1 })),
  protocol: rare(fc.constant("tcp" as const)),
  port: rare(port),
  peer: rare(fc.constantFrom("10.0.0.0/24", "10.0.0.1", "2001:db8::/32", "::/0")),
  name: rare(fc.constant("a.example")),
  eitherPort: rare(port),
  otherPort: rare(port),
});

/** How many minutes flows are kept, and usage beyond them. */
const kept = fc.record({ flows: fc.nat(5 * 60), usage: fc.nat(5 * 60) });

/** Whatever was written, and however it is asked, the engine says the same as a search through everything. */
export function randomContract(engine: Engine): void {
  describe("equals a search through everything", () => {
    test.each([
      ["as it was written", fc.constant(undefined)],
      ["while what is old is removed", kept],
    ])("%s", { timeout: 120_000 }, async (_, retention) => {
      const made = fc.record({
        lives: fc.uniqueArray(life, { selector: ({ from }) => from, maxLength: 23 }),
        hours: fc.array(hourly, { maxLength: 13 }),
        cuts: fc.array(fc.integer({ min: 1, max: LENGTH }), { minLength: 1, maxLength: 5 }),
        questions: fc.array(question, { minLength: 7, maxLength: 13 }),
        retention,
      });
      await fc.assert(
        fc.asyncProperty(made, async ({ lives, hours, cuts, questions, retention }) => {
          const strictly = retention !== undefined;
          await compare(engine, batchesOf(lives, hours, cuts, strictly), questions.map(asQuestion), retention);
        }),
        { numRuns: 60 },
      );
    });
  });
}

async function compare(
  engine: Engine,
  batches: RecordBatch[],
  questions: UseQuestion[],
  retention: { flows: number; usage: number } | undefined,
): Promise<void> {
  const place = await engine.place();
  try {
    const naive = new NaiveRecord();
    const writer = await place.writer(LIFE);
    for (const batch of batches) {
      await writer.write(batch);
      naive.write(batch);
      if (retention === undefined) continue;
      const age = { flows: retention.flows * MINUTE, usage: (retention.flows + retention.usage) * MINUTE };
      while (await writer.retain(age, batch.until, 1000));
      const minute = Math.floor(batch.until / MINUTE) * MINUTE;
      naive.retain(minute - age.flows, Math.floor((minute - age.usage) / HOUR), batch.until);
    }
    const reader = await place.reader();
    for (const asked of questions) await ask(reader, naive, asked);
    await reader.close();
    await writer.close(START + LENGTH);
  } finally {
    await place.remove();
  }
}

async function ask(reader: RecordReader, naive: NaiveRecord, question: UseQuestion): Promise<void> {
  const answers = await reader.usages(question);
  expect(answers.map(({ lastSeen }) => lastSeen)).toEqual(
    answers.map(({ lastSeen }) => lastSeen).toSorted((a, b) => b - a),
  );
  const expected = naive.usagesOf(question);
  expect(sorted(answers.map(({ processes, names, ...rest }) => rest))).toEqual(
    sorted(expected.map(({ counted, ...rest }) => rest)),
  );
  for (const answer of answers) {
    const counted = expected.find((one) => keyOf(one) === keyOf(answer))?.counted ?? [];
    requireProcesses(answer, naive, counted);
    expect(answer.names?.toSorted() ?? []).toEqual(naive.namesOf(answer).toSorted());
  }
  const flows = await reader.flows({ ...question, limit: 1000 });
  expect(flows).toEqual(naive.flowsOf(question).map(asAnswer));
  expect(await reader.flows({ ...question, limit: 2 })).toEqual(flows.slice(0, 2));
  const { eitherPort, otherPort, ...byHour } = question;
  const hours = await reader.hours(byHour);
  expect(hours.map(({ hour }) => hour)).toEqual(hours.map(({ hour }) => hour).toSorted((a, b) => a - b));
  const ofHour = (record: HourlyRecord) => ({ ...record, ...record.usage, usage: undefined });
  const keyed = (records: HourlyRecord[]) => sorted(records.map(ofHour), ({ hour }) => hour);
  expect(keyed(hours)).toEqual(keyed(naive.hoursOf(byHour)));
  const interval = {
    ...(question.since !== undefined && { since: question.since }),
    ...(question.until && { until: question.until }),
  };
  const byName = (a: { application: string }, b: { application: string }) => (a.application < b.application ? -1 : 1);
  expect((await reader.applications(interval)).toSorted(byName)).toEqual(
    naive.applicationsOf(interval).toSorted(byName),
  );
}

/** All of the flows that count are among the processes, and no one that never used it. */
function requireProcesses(answer: UsageAnswer, naive: NaiveRecord, counted: FlowRecord[]): void {
  const pids = answer.processes.map(({ pid }) => pid);
  const pidsOf = (flows: FlowRecord[]) => flows.flatMap(({ process }) => process?.pid ?? []);
  const ever = pidsOf(naive.flows.filter(({ usage }) => keyOf(usage) === keyOf(answer)));
  expect(new Set(pids).size).toBe(pids.length);
  expect(pids).toEqual(expect.arrayContaining(pidsOf(counted)));
  if (naive.flowsFrom === 0) expect(ever).toEqual(expect.arrayContaining(pids));
}

function sorted<T extends { application: string; use: Use; protocol: "tcp" | "udp"; port: number; peer?: string }>(
  list: T[],
  first: (item: T) => number = () => 0,
): T[] {
  const key = (item: T) => `${first(item)} ${keyOf(item)}`;
  return list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function asAnswer({ flow, process, ...rest }: FlowRecord) {
  const whole = PROCESSES.find(({ pid }) => pid === process?.pid);
  return { ...rest, ...(whole && { process: whole }) };
}

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;
type Hourly = typeof hourly extends fc.Arbitrary<infer T> ? T : never;

/**
 * The batches of a recorder that wrote at each of `cuts`: flows are open until they end. Hours come as they come, or
 * `strictly` with the batch that they are of.
 */
function batchesOf(lives: Life[], hours: Hourly[], cuts: number[], strictly: boolean): RecordBatch[] {
  const moments = [...new Set([...cuts, LENGTH])].toSorted((a, b) => a - b);
  return moments.map((cut, index) => {
    const before = moments[index - 1] ?? Number.NEGATIVE_INFINITY;
    const flows = lives.flatMap(({ from, lasted, ends, process, ...rest }, number) => {
      const end = ends ? from + lasted : Number.POSITIVE_INFINITY;
      if (from > cut || end <= before) return [];
      const ended = end <= cut ? { endedAt: START + end } : {};
      const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const whole = { ...known, flow: String(number), usage: rest.usage, startedAt: START + from, ...ended };
      return [{ ...whole, evidence: "accept" as const, ...(process && { process }) }];
    });
    const first = Math.floor((moments[index - 1] ?? 0) / HOUR);
    const count = Math.floor(cut / HOUR) - first + 1;
    const records = hours
      .filter((_, number) => number % moments.length === index)
      .map((record) => asHourly(strictly ? { ...record, hour: first + (record.hour % count) } : record));
    return { until: START + cut, processes: index === 0 ? PROCESSES : [], flows, hourly: records };
  });
}

function asHourly({ usage, hour, flows, failed, bytesIn, bytesOut, at }: Hourly): HourlyRecord {
  const begin = START + hour * HOUR;
  const [first, last] = [Math.min(...at), Math.max(...at)];
  const known = { ...(bytesIn !== undefined && { bytesIn }), ...(bytesOut !== undefined && { bytesOut }) };
  return { usage, hour: begin / HOUR, flows, failed, ...known, first: begin + first, last: begin + last };
}

type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** Questions about clients' ports always say since when. */
function asQuestion({ since, length, eitherPort, otherPort, ...rest }: Question): UseQuestion {
  const begin = since === undefined ? undefined : START + since;
  const until = length === undefined ? undefined : (begin ?? START) + length;
  const ports = begin === undefined ? {} : { eitherPort, otherPort };
  const given = Object.entries({ ...rest, since: begin, until, ...ports }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
