import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "../../../model/interfaces.ts";
import { readText } from "../owners/proc-file.ts";
import { parseStat } from "../owners/stat.ts";

/** The processes that a scope holds now: of the cgroup and those below it, or the process and its descendants. */
export function followedPids(scope: Scope): number[] {
  if (scope.kind === "machine") return [];
  if (scope.kind === "children") return [process.pid];
  return scope.kind === "cgroup" ? membersOf(scope.path) : descendantsOf(scope.pid);
}

function membersOf(cgroup: string): number[] {
  const own = readFileSync(join(cgroup, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
  const below = readdirSync(cgroup, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...own, ...below.flatMap((entry) => membersOf(join(cgroup, entry.name)))];
}

function descendantsOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = parseStat(readText(`/proc/${pid}/stat`) ?? "")?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  for (const next = [root]; next.length > 0; ) {
    const pid = next.pop() ?? root;
    found.push(pid);
    next.push(...(children.get(pid) ?? []));
  }
  return found;
}
