import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LAUNCHER, NODE } from "./launcher.ts";
import { describeMachine } from "./machine.ts";
import { PEERS, type Peer, versionOf } from "./peers.ts";
import { compilePrograms } from "./programs.ts";
import type { BenchRecord, RowRecord } from "./report/record.ts";
import type { Bench, Row } from "./row.ts";
import { endStarted } from "./started.ts";

/** How much, and who is told. */
export type Request = {
  rows: readonly Row[];
  repeat: number;
  scale: number;
  command: string;
  progress: (text: string) => void;
  /** Called with each row as soon as it is done. */
  done: (row: RowRecord) => void;
};

/** Runs the rows, one after the other. A row that fails is told, and the next one runs. */
export async function runBench({ rows, repeat, scale, command, progress, done }: Request): Promise<BenchRecord> {
  const scratch = mkdtempSync(join(tmpdir(), `portolan-bench-${process.pid}-`));
  const clean = () => {
    endStarted();
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once("exit", clean);
  try {
    progress("setting up");
    const versions = { portolan: launcherVersion(), node: nodeVersion(), ...peerVersions(rows) };
    const missing = peersOf(rows).filter((peer) => versions[peer] === undefined);
    const bench: Bench = {
      programs: compilePrograms(scratch),
      scratch,
      repeat,
      scale,
      missing: new Set(missing),
      progress,
    };
    const machine = await describeMachine();
    const date = new Date().toISOString();
    const records: RowRecord[] = [];
    for (const row of rows) {
      const record = await runRow(row, bench);
      records.push(record);
      done(record);
    }
    return { command, date, repeat, scale, machine, versions, missing: missing.map(packaged), rows: records };
  } finally {
    process.off("exit", clean);
    clean();
  }
}

async function runRow(row: Row, bench: Bench): Promise<RowRecord> {
  const { name, title, method } = row;
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1000);
  const progress = (text: string) => bench.progress(`${name}: ${text}`);
  try {
    const result = await row.run({ ...bench, progress });
    return { name, title, method, ...result, seconds: seconds() };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { name, title, method, tables: [], verdicts: [], notes: [], seconds: seconds(), failure };
  }
}

function peersOf(rows: readonly Row[]): Peer[] {
  return [...new Set(rows.flatMap(({ peers }) => peers))];
}

function peerVersions(rows: readonly Row[]): Partial<{ [P in Peer]: string }> {
  const found = peersOf(rows).map((peer) => [peer, versionOf(peer)] as const);
  return Object.fromEntries(found.filter(([, version]) => version !== undefined));
}

function packaged(peer: Peer): { peer: Peer; package: string } {
  return { peer, package: PEERS[peer].package };
}

/** Sets the checkout up where that is still to be done, so that no run has to wait for it. */
function launcherVersion(): string {
  const { status, stdout, stderr } = spawnSync(LAUNCHER, ["--version"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`./portolan --version ended with ${status}: ${stderr.trim()}`);
  return [stdout.trim().replace(/^portolan /, ""), ...commit()].join(" at commit ");
}

/** The commit of the sources, marked where they differ from it; none outside a clone. */
function commit(): string[] {
  const args = ["-C", dirname(LAUNCHER), "describe", "--always", "--abbrev=10", "--dirty", "--exclude=*"];
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  return status === 0 ? [stdout.trim()] : [];
}

function nodeVersion(): string {
  return spawnSync(NODE, ["--version"], { encoding: "utf8" }).stdout.trim().replace(/^v/, "");
}
