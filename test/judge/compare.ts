import { type Endpoint, endpointText } from "../../src/model/endpoint.ts";
import { type Check, Checks } from "./check.ts";
import { sameNumbers } from "./match.ts";
import type { Knowledge, Seen, SeenConnect, SeenListen } from "./seen.ts";
import type { ConnectRow, FailedBindRow, ListenRow, OpenRow, ProcessRow, Truth, Usage } from "./truth.ts";

/** The comparisons of what an observer saw with the truth, and how many facts it could not know. */
export type Comparison = { made: Check[]; unknowable: number };

/**
 * Compares field by field. Only what the truth states is compared, but rows of listens, connects and failed binds that
 * it does not state are inventions.
 */
export function compare(truth: Truth, seen: Seen, knowledge: Knowledge): Comparison {
  const checks = new Checks(knowledge);
  const known = withinReach(truth, knowledge, checks);
  checks.rows("open", known.open, seen.open ?? [], {
    name: openName,
    same: sameOpen,
    details: openDetails,
    exact: false,
  });
  checks.rows("listens", known.listens, seen.listens ?? [], {
    name: (row) => `listen ${row.protocol} ${endpointText(row)}`,
    same: (a, b) => a.protocol === b.protocol && a.address === b.address && a.port === b.port,
    details: listenDetails,
    exact: true,
  });
  checks.rows("connects", known.connects, seen.connects ?? [], {
    name: (row) => `connect ${row.protocol} ${endpointText(row.remote)}`,
    same: (a, b) => a.protocol === b.protocol && sameEndpoint(a.remote, b.remote),
    details: connectDetails,
    exact: true,
  });
  checks.rows<FailedBindRow, FailedBindRow>("failedBinds", known.failedBinds, seen.failedBinds ?? [], {
    name: (row) => `failed bind ${row.protocol} ${endpointText(row)} ${row.error}`,
    same: (a, b) => a.protocol === b.protocol && sameEndpoint(a, b) && a.error === b.error,
    details: (to, row, a, b) => to.numbers("failedBinds pids", row, a.pids, b?.pids),
    exact: true,
  });
  checks.rows<ProcessRow, ProcessRow>("processes", known.processes, seen.processes ?? [], {
    name: (row) => `process ${row.pid}`,
    same: (a, b) => a.pid === b.pid,
    details: processDetails,
    exact: false,
  });
  for (const row of known.ambiguous) {
    const found = [...(seen.listens ?? []), ...(seen.connects ?? [])].filter((each) => portOf(each) === row.port);
    const said = found.map(({ evidence }) => evidence);
    const ok = said.some((each) => each?.source === "ambiguous" && sameNumbers(each.candidates ?? [], row.candidates));
    checks.add("ambiguous", `ambiguous ${row.protocol} :${row.port}`, ok, row.candidates, said);
  }
  compareGaps(checks, truth.gaps, seen.gaps ?? []);
  return { made: checks.made, unknowable: checks.unknowable };
}

/** A gap is a fault, unless the truth asks for it; then its absence is one. */
function compareGaps(to: Checks, expected: readonly string[], found: readonly string[]): void {
  for (const start of expected) {
    to.add(
      "nothing missed",
      `gap "${start}"`,
      found.some((gap) => gap.startsWith(start)),
      start,
      found,
    );
  }
  for (const gap of found) {
    if (!expected.some((start) => gap.startsWith(start))) to.invented("nothing missed", "gap", gap);
  }
}

/** The part of the truth that an observer of some protocols, or of held sockets alone, is asked for. */
function withinReach(truth: Truth, { protocols, ownerless, uninhabited, processes }: Knowledge, checks: Checks): Truth {
  const reachable = (row: { protocol: "tcp" | "udp" }) => protocols === undefined || protocols.includes(row.protocol);
  const held = (row: OpenRow) => ownerless !== false || row.pids === undefined || row.pids.length > 0;
  const inhabited = (row: OpenRow) => uninhabited !== false || row.uninhabited !== true;
  const known = {
    ...truth,
    open: truth.open.filter((row) => reachable(row) && held(row) && inhabited(row)),
    listens: truth.listens.filter(reachable),
    connects: truth.connects.filter(reachable),
    failedBinds: truth.failedBinds.filter(reachable),
    ambiguous: truth.ambiguous.filter(reachable),
    processes: processes === "traffic" ? truth.processes.filter((row) => movesData(truth, row)) : truth.processes,
  };
  const count = (one: Truth) =>
    [one.open, one.listens, one.connects, one.failedBinds, one.ambiguous, one.processes].reduce(
      (sum, rows) => sum + rows.length,
      0,
    );
  checks.unknowable += count(truth) - count(known);
  return known;
}

/** Whether the truth says that bytes went over TCP for this process alone: one of several may have moved none. */
function movesData({ listens, connects }: Truth, { pid }: ProcessRow): boolean {
  return [...listens, ...connects].some(
    ({ protocol, pids, bytesIn = 0, bytesOut = 0 }) =>
      protocol === "tcp" && pids?.length === 1 && pids[0] === pid && bytesIn + bytesOut > 0,
  );
}

function openName({ protocol, state, local, remote }: OpenRow): string {
  const to = remote === undefined ? "" : ` to ${endpointText(remote)}`;
  return `open ${protocol} ${state} ${endpointText(local)}${to}`;
}

function sameOpen(a: OpenRow, b: OpenRow): boolean {
  if (a.protocol !== b.protocol || a.state !== b.state || !sameEndpoint(a.local, b.local)) return false;
  // A port may be in use in several namespaces: an observer that names them is held to the right one.
  if (a.networkNamespace !== undefined && (b.networkNamespace ?? a.networkNamespace) !== a.networkNamespace)
    return false;
  return a.remote === undefined || (b.remote !== undefined && sameEndpoint(a.remote, b.remote));
}

function openDetails(to: Checks, row: string, expected: OpenRow, found: OpenRow | undefined): void {
  to.numbers("open pids", row, expected.pids, found?.pids);
  to.value("open namespace", row, expected.networkNamespace, found?.networkNamespace);
  to.value("open evidence", row, expected.evidence, found?.evidence);
}

function listenDetails(to: Checks, row: string, expected: ListenRow, found: SeenListen | undefined): void {
  to.numbers("listens pids", row, expected.pids, found?.pids);
  // Who chose the port of a listener that was there before cannot be known; what is said must be right all the same.
  if (expected.late !== true || found?.portChosenBy !== undefined) {
    to.value("listens portChosenBy", row, expected.portChosenBy, found?.portChosenBy);
  }
  to.value("listens namespace", row, expected.networkNamespace, found?.networkNamespace);
  if (expected.peers !== undefined) {
    to.add("listens peers", row, peersText(expected) === peersText(found), peersText(expected), peersText(found));
  }
  usageDetails(to, "listens", row, expected, found);
}

function connectDetails(to: Checks, row: string, expected: ConnectRow, found: SeenConnect | undefined): void {
  to.numbers("connects pids", row, expected.pids, found?.pids);
  to.value("connects namespace", row, expected.networkNamespace, found?.networkNamespace);
  to.value("connects failed", row, expected.failed, found?.failed);
  if (expected.errors !== undefined) {
    to.value("connects errors", row, errorsText(expected.errors), errorsText(found?.errors ?? {}));
  }
  usageDetails(to, "connects", row, expected, found);
}

function usageDetails(
  to: Checks,
  list: "listens" | "connects",
  row: string,
  expected: Usage,
  found: Usage | undefined,
): void {
  to.value(`${list} flows`, row, expected.flows, found?.flows);
  to.value(`${list} bytes`, `${row} in`, expected.bytesIn, found?.bytesIn);
  to.value(`${list} bytes`, `${row} out`, expected.bytesOut, found?.bytesOut);
}

function processDetails(to: Checks, row: string, expected: ProcessRow, found: ProcessRow | undefined): void {
  to.value("executable", row, expected.executable, found?.executable);
  const words = (process: ProcessRow | undefined) => process?.arguments && JSON.stringify(process.arguments);
  to.value("arguments", row, words(expected), words(found));
}

function peersText(row: ListenRow | undefined): string | undefined {
  return row?.peers
    ?.map(({ address, flows }) => `${address} ${flows}`)
    .sort()
    .join(", ");
}

function errorsText(errors: Record<string, number>): string {
  return Object.entries(errors)
    .map(([name, count]) => `${name} ${count}`)
    .sort()
    .join(", ");
}

function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.address === b.address && a.port === b.port;
}

function portOf(row: SeenListen | SeenConnect): number {
  return "remote" in row ? row.remote.port : row.port;
}
