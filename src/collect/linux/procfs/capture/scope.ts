import { statSync } from "node:fs";
import type { Scope } from "../../../../model/interfaces.ts";
import { Problem } from "../../../../model/problem.ts";
import { readText } from "../../owners/proc-file.ts";

/** Throws `no-such-process` or `not-available` where `scope` holds nothing that could be followed. */
export function checkScope(root: string, scope: Scope): void {
  if (scope.kind === "process" && readText(`${root}/${scope.pid}/stat`) === undefined) {
    throw new Problem("no-such-process", `there is no process ${scope.pid}`, { next: "ps -e" });
  }
  if (scope.kind === "cgroup" && statSync(`${scope.path}/cgroup.procs`, { throwIfNoEntry: false }) === undefined) {
    throw new Problem("not-available", `${scope.path} is no cgroup`, {
      why: "it has no file cgroup.procs",
      next: "./portolan doctor",
    });
  }
}
