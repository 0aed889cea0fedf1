import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { PEERS, type Peer } from "../../bench/peers.ts";
import { page } from "../../bench/report/page.ts";
import { allReached, type BenchRecord } from "../../bench/report/record.ts";
import { rowText } from "../../bench/report/text.ts";
import type { Table } from "../../bench/row.ts";
import { ROWS } from "../../bench/rows.ts";
import { runBench } from "../../bench/run.ts";
import { until } from "../live/until.ts";

// The bench's own code on sizes so small that its figures mean nothing: what is held here is that every row runs, that
// every counter answers, and that the answers are right. No time is judged.

const SECONDS = 60_000;
const rootless = process.geteuid?.() === 0 ? undefined : "network namespaces and BPF programs need root";

async function small(name: string): Promise<BenchRecord> {
  const rows = ROWS.filter((row) => row.name === name);
  const request = { rows, repeat: 1, scale: 0.001, command: "test", progress: () => {}, done: () => {} };
  return runBench(request);
}

/** Whether the kernel counts what BPF programs take, for the whole machine: no two of these tests may run at once. */
function counting(): string {
  return readFileSync("/proc/sys/kernel/bpf_stats_enabled", "utf8").trim();
}

/** The command lines on this machine that contain `text`. */
function commandsNaming(text: string): string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(commandLine).filter((line) => line.includes(text));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    // Gone between the two looks.
    return "";
  }
}

function column(table: Table | undefined, heading: string): unknown[] {
  const index = table?.columns.indexOf(heading) ?? -1;
  return table?.rows.map((row) => row[index]) ?? [];
}

describe.each(["ls-quiet", "ls-30000", "ls-110000"])("%s", (name) => {
  test("all answers are right", { timeout: SECONDS }, async ({ skip }) => {
    if (rootless !== undefined) skip(rootless);
    const { rows, missing } = await small(name);
    expect(missing).toEqual([]);
    expect(rows[0]?.failure).toBeUndefined();
    const answers = column(rows[0]?.tables[0], "answer");
    expect(answers.filter((answer) => answer !== "none asked" && answer !== "right")).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(4);
    expect(rows[0]?.verdicts.every(({ measured }) => Number(measured) > 0)).toBe(true);
  });
});

test.for([
  ["query-65535", 3],
  ["query-filtered", 2],
] as const)("%s: every scanner's answer is right", { timeout: SECONDS }, async ([name, scanners], { skip }) => {
  if (rootless !== undefined) skip(rootless);
  const { rows, missing } = await small(name);
  expect(missing).toEqual([]);
  expect(rows[0]?.failure).toBeUndefined();
  expect(column(rows[0]?.tables[0], "answer")).toEqual(Array(scanners).fill("right"));
  expect(rows[0]?.verdicts.every(({ measured }) => measured !== undefined)).toBe(true);
});

test("short-connections: every counter counts them all", { timeout: SECONDS }, async ({ skip }) => {
  if (rootless !== undefined) skip(rootless);
  const record = await small("short-connections");
  expect(record.rows[0]?.failure).toBeUndefined();
  const table = record.rows[0]?.tables[0];
  expect(column(table, "connections")).toEqual([200, 200, 200, 200, 2]);
  // conntrack gets no processor while another program has one, and then says that its buffer ran over.
  const losing = column(table, "remark").map((remark) => String(remark).includes("says it is losing events"));
  expect(losing.filter(Boolean).length).toBeLessThan(2);
  expect(column(table, "missed").filter((_, index) => !losing[index])).toEqual(
    losing.filter((one) => !one).map(() => 0),
  );
  expect(allReached(record)).toBe(true);
  expect(page(record)).toContain("| short-connections | connections counted with their process |");
  for (const row of record.rows) expect(rowText(row)).toContain("200 of 200, no gap): reached");
});

test("load-slowdown: every counter has a speed", { timeout: SECONDS }, async ({ skip }) => {
  if (rootless !== undefined) skip(rootless);
  const { rows } = await small("load-slowdown");
  expect(rows[0]?.failure).toBeUndefined();
  const speeds = column(rows[0]?.tables[0], "speed (medians)");
  expect(speeds).toHaveLength(6);
  expect(speeds.every((speed) => Number(speed) > 0)).toBe(true);
});

test("kernel-time: the programs are found, and the machine is left as it was", { timeout: SECONDS }, async ({
  skip,
}) => {
  if (rootless !== undefined) skip(rootless);
  const before = counting();
  const { rows } = await small("kernel-time");
  expect(rows[0]?.failure).toBeUndefined();
  expect(rows[0]?.tables).toHaveLength(3);
  for (const table of rows[0]?.tables ?? []) {
    const runs = column(table, "runs").filter((each) => each !== "");
    expect(Number(runs[0])).toBeGreaterThanOrEqual(100);
  }
  expect(counting()).toBe(before);
});

test("record-size: what repeats takes no new usage", { timeout: SECONDS }, async ({ skip }) => {
  if (rootless !== undefined) skip(rootless);
  const { rows } = await small("record-size");
  expect(rows[0]?.failure).toBeUndefined();
  const sizes = column(rows[0]?.tables[0], "bytes each").map(Number);
  expect(sizes).toHaveLength(4);
  expect(sizes.every((size) => size > 0)).toBe(true);
});

test("who-10m: every answer is right", { timeout: SECONDS }, async ({ skip }) => {
  if (rootless !== undefined) skip(rootless);
  const { rows } = await small("who-10m");
  expect(rows[0]?.failure).toBeUndefined();
  expect(new Set(column(rows[0]?.tables[0], "answer"))).toEqual(new Set(["right"]));
});

test("interrupted, the bench leaves the machine as it was", { timeout: SECONDS }, async ({ skip }) => {
  if (rootless !== undefined) skip(rootless);
  const before = counting();
  if (before === "1") skip("somebody else lets the kernel count");
  const bench = spawn(process.execPath, ["bench/main.ts", "kernel-time"], { stdio: "ignore" });
  const ended = once(bench, "exit");
  try {
    await until("the kernel to count", () => counting() === "1");
    bench.kill("SIGINT");
    expect(await ended).toEqual([1, null]);
    expect(counting()).toBe(before);
    await until("an end of all that it started", () => commandsNaming(`portolan-bench-${bench.pid}-`).length === 0);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`portolan-bench-${bench.pid}-`))).toEqual([]);
  } finally {
    bench.kill("SIGKILL");
  }
});

test("every peer names its package, and every row's peers are known", () => {
  const known = Object.keys(PEERS) as Peer[];
  expect(ROWS.flatMap(({ peers }) => peers).filter((peer) => !known.includes(peer))).toEqual([]);
  expect(known.filter((peer) => !ROWS.some(({ peers }) => peers.includes(peer)))).toEqual([]);
});
