import { join } from "node:path";
import type { RecordReader, Usage } from "../../src/model/record.ts";
import { openReader } from "../../src/store/open.ts";
import { buildRecord } from "../record/build.ts";
import { BEGIN, BUSY_PORT, RARE_PORT, Traffic } from "../record/traffic.ts";
import type { Cell, Row, Verdict } from "../row.ts";
import { figure, median, scaled } from "../statistics.ts";

const HOUR = 3_600_000_000;
const WEEK = 7 * 24 * HOUR;
/** Large batches: here the reading counts. */
const BATCH = 20_000;

/** One question, and how many flows the answer has to count; absent where the traffic does not tell. */
type Question = { name: string; ask: (record: RecordReader) => Promise<number>; expected?: number; claimed: boolean };

/** Questions over a large record. */
export const who10m: Row = {
  name: "who-10m",
  title: "Who was it, over ten million flows",
  method:
    "Ten million flows over seven days, as long as flows are kept unless said otherwise, with 3,000 usages. Each question " +
    "is asked in this process, from the call to the finished answer with its processes; where the traffic tells how many " +
    "flows have to be in it, they are. `first` is the first time, after the record was opened. Nobody else keeps such a record.",
  peers: [],
  async run(bench) {
    const flows = scaled(10_000_000, bench.scale, 2 * BATCH);
    const traffic = new Traffic(WEEK / flows);
    const path = join(bench.scratch, "who.db");
    const { facts } = await buildRecord(path, traffic, { flows, size: BATCH }, bench.progress);
    const rows: Cell[][] = [];
    const verdicts: Verdict[] = [];
    for (const question of questions(traffic)) {
      bench.progress(question.name);
      const reader = await openReader(path);
      const times: number[] = [];
      let counted = 0;
      for (let time = 0; time <= bench.repeat; time++) {
        const begin = performance.now();
        counted = await question.ask(reader);
        times.push(performance.now() - begin);
      }
      await reader.close();
      const right = question.expected === undefined || question.expected === counted;
      const [first = 0, ...others] = times;
      rows.push([question.name, figure(median(others)), figure(first), counted, right ? "right" : "WRONG"]);
      if (question.claimed) verdicts.push(verdict(question.name, median(others), right));
    }
    const columns = ["question", "median ms", "first ms", "flows counted", "answer"];
    const title = `${flows} flows, ${facts.usages} usages, ${facts.hours} hours, ${Math.round(facts.size / 1e6)} MB`;
    return { tables: [{ title, columns, rows }], verdicts, notes: [] };
  },
};

function verdict(name: string, milliseconds: number, right: boolean): Verdict {
  const measured = `${figure(milliseconds)} ms`;
  return { claim: name, target: "at most 50 ms", measured, reached: right && milliseconds <= 50 };
}

function questions({ usages, counts }: Traffic): Question[] {
  const count = (asked: (usage: Usage) => boolean) =>
    usages.filter(asked).reduce((sum, usage) => sum + (counts.get(usage) ?? 0), 0);
  const [some] = usages;
  if (some === undefined) throw new Error("traffic without a usage");
  const { peer = "", application } = some;
  // An hour that begins within one, in the middle of the week.
  const since = BEGIN + WEEK / 2 + 1_234_567_890;
  const hour = { since, until: since + HOUR };
  const moment = { since, until: since };
  const of = (question: Parameters<RecordReader["usages"]>[0]) => async (record: RecordReader) =>
    (await record.usages(question)).reduce((sum, { flows }) => sum + flows, 0);
  const latest = (question: Parameters<RecordReader["usages"]>[0]) => async (record: RecordReader) =>
    (await record.flows({ ...question, limit: 100 })).length;
  return [
    {
      name: "a rare port, ever",
      ask: of({ port: RARE_PORT }),
      expected: count(({ port }) => port === RARE_PORT),
      claimed: true,
    },
    {
      name: "the busiest port, ever",
      ask: of({ port: BUSY_PORT }),
      expected: count(({ port }) => port === BUSY_PORT),
      claimed: true,
    },
    { name: "a peer, ever", ask: of({ peer }), expected: count((usage) => usage.peer === peer), claimed: true },
    {
      name: "an application, ever",
      ask: of({ application }),
      expected: count((usage) => usage.application === application),
      claimed: true,
    },
    { name: "a rare port, within an hour", ask: of({ port: RARE_PORT, ...hour }), claimed: true },
    { name: "the busiest port, within an hour", ask: of({ port: BUSY_PORT, ...hour }), claimed: true },
    { name: "the busiest port, at a moment", ask: of({ port: BUSY_PORT, ...moment }), claimed: false },
    {
      name: "the busiest port, the last day",
      ask: of({ port: BUSY_PORT, since: BEGIN + WEEK - 24 * HOUR + 1 }),
      claimed: false,
    },
    { name: "a client's port, within an hour", ask: latest({ otherPort: 40_009, ...hour }), claimed: false },
    { name: "the latest 100 flows of the rare port", ask: latest({ port: RARE_PORT }), claimed: false },
    { name: "the latest 100 flows", ask: latest({}), claimed: false },
  ];
}
