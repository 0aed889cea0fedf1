import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Built, buildRecord } from "../record/build.ts";
import { Traffic } from "../record/traffic.ts";
import type { Bench, Cell, Result, Row } from "../row.ts";
import { figure, scaled } from "../statistics.ts";

/** How many flows one batch has: those of a second. */
const BATCH = 1000;
/** How far apart flows begin, in microseconds: a thousand a second, and what makes two million take a week. */
const BUSY = 1000;
const WEEK = 302_400;

/** What a connection takes on disk. */
export const recordSize: Row = {
  name: "record-size",
  title: "What the record takes",
  method:
    "Two million connections of a made-up machine, in batches of a thousand that are durable one by one, back to back: " +
    "once a thousand a second, and once spread over a week, where behaviour by the hour takes its share. Every tenth is " +
    "written when it opens and once more when it ends. Nothing is removed. Beside it the same flows as lines of text.",
  peers: [],
  async run(bench) {
    const flows = scaled(2_000_000, bench.scale, 2 * BATCH);
    const busy = await built(bench, "busy", flows, BUSY);
    const week = await built(bench, "week", flows, WEEK);
    const text = textSizes();
    const rows: Cell[][] = [
      ["the record, a thousand a second", ...cells(busy, flows)],
      ["the record, over a week", ...cells(week, flows)],
      ["lines of text", figure(text.plain), "", "", "", "", "", ""],
      ["lines of text, gzip", figure(text.packed), "", "", "", "", "", ""],
    ];
    const columns = ["kept as", "bytes each", "usages", "hours", "flows/s", "commit p50 ms", "p99 ms", "max ms"];
    return {
      tables: [{ title: `${flows} connections`, columns, rows }],
      verdicts: verdicts(busy, week, flows),
      notes: [],
    };
  },
};

async function built(bench: Bench, name: string, flows: number, gap: number): Promise<Built> {
  const path = join(bench.scratch, `${name}.db`);
  return buildRecord(path, new Traffic(gap), { flows, size: BATCH }, bench.progress);
}

function cells({ facts, commits, rate }: Built, flows: number): Cell[] {
  const at = (share: number) => figure(commits[Math.floor((commits.length - 1) * share)] ?? 0);
  const sums = [facts.size / flows, facts.usages, facts.hours].map((value, index) =>
    index === 0 ? figure(value) : value,
  );
  return [...sums, figure(rate), at(0.5), at(0.99), at(1)];
}

function verdicts(busy: Built, week: Built, flows: number): Result["verdicts"] {
  const each = busy.facts.size / flows;
  const repeats = [busy, week].every(({ facts, usagesHalfway }) => facts.usages === usagesHalfway);
  return [
    { claim: "bytes for each connection", target: "at most 40", measured: figure(each), reached: each <= 40 },
    {
      claim: "usages at the end : halfway, with the same behaviour",
      target: "1",
      measured: figure(busy.facts.usages / busy.usagesHalfway),
      reached: repeats,
    },
  ];
}

/** What such flows take as comma-separated lines, as they are and packed, in bytes each. */
function textSizes(): { plain: number; packed: number } {
  const flows = new Traffic(BUSY).batch(20_000).flows ?? [];
  const lines = flows.map(({ usage, startedAt, endedAt = "", process, localAddress, otherPort, bytesIn, bytesOut }) => {
    const { application, use, protocol, port, peer } = usage;
    const times = [new Date(startedAt / 1000).toISOString(), endedAt];
    return [
      ...times,
      application,
      process?.pid,
      use,
      protocol,
      port,
      peer,
      localAddress,
      otherPort,
      bytesIn,
      bytesOut,
    ].join();
  });
  const text = Buffer.from(`${lines.join("\n")}\n`);
  return { plain: text.length / lines.length, packed: gzipSync(text).length / lines.length };
}
