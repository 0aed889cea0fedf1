import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { CivilTime } from "../../formats/port-reporter/civil-time.ts";
import { type LogKind, logFileName, readLogFileName } from "../../formats/port-reporter/log-file.ts";
import { Problem } from "../../model/problem.ts";
import type { Micros } from "../../model/time.ts";
import { localMicros } from "./local-time.ts";
import { logItems } from "./log-items.ts";

/** A log before it is read as a whole. */
export type Survey = {
  path: string;
  kind: LogKind;
  /** When it was begun, where it says so. */
  began?: Micros;
  /** When its first use was; absent in an empty one. */
  first?: Micros;
  computer?: string;
  version?: string;
  /** Logs that tell of its processes: those of the same time beside it, and itself where it does. */
  partners: string[];
};

/** How much of a file is looked at, in bytes. */
const BEGINNING = 1 << 16;

/** Looks at the beginning of a file. @throws Problem `bad-log` where it cannot be read, or is no log of Port Reporter. */
export async function survey(path: string): Promise<Survey> {
  const named = readLogFileName(basename(path));
  const items = logItems(path, BEGINNING);
  let first: Micros | undefined;
  let seen: LogKind | undefined;
  let step = await items.next();
  for (; step.done !== true; step = await items.next()) {
    const { item } = step.value;
    if (item.kind === "use") [first, seen] = [first ?? localMicros(item.use.at), "PORTS"];
    else if (item.kind === "mapping" || item.kind === "process") seen ??= "INITIAL";
  }
  const { began: stated, computer, version, kind: titled } = step.value;
  // What merely looks like a row of a table is no log yet.
  const kind = titled ?? (seen === "PORTS" ? seen : version === undefined ? undefined : (named?.kind ?? seen));
  if (kind === undefined) throw noLog(path);
  const began = stated ?? named?.began;
  return {
    path,
    kind,
    ...(began !== undefined && { began: localMicros(began) }),
    ...(first !== undefined && { first }),
    ...(computer !== undefined && { computer }),
    ...(version !== undefined && { version }),
    partners: [...new Set([...partnersOf(path, began), ...(kind === "PORTS" ? [] : [path])])],
  };
}

function partnersOf(path: string, began: CivilTime | undefined): string[] {
  if (began === undefined) return [];
  const files = (["INITIAL", "PIDS"] as const).map((kind) => join(dirname(path), logFileName(kind, began)));
  return files.filter((file) => existsSync(file));
}

function noLog(path: string): Problem {
  return new Problem("bad-log", `${path} is no log of Port Reporter`, {
    why: "It has neither the heading nor the lines of PR-PORTS, PR-PIDS or PR-INITIAL.",
    next: "./portolan import --help",
  });
}
