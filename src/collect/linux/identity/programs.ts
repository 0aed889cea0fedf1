import { closeSync } from "node:fs";
import type { ProgramRecord } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { parseModules } from "../owners/modules.ts";
import { readStart } from "../owners/proc-file.ts";
import { createDigests } from "./digests.ts";
import { openProgram } from "./program-file.ts";

/** Versions of executables that are remembered, so that each is told once. */
const REMEMBERED = 8192;
/** Of a process with more mappings than fit in so many bytes, the later modules are left out. */
const MAPS_BYTES = 1 << 20;

/** Versions of executables as they come into use. */
export type Programs = {
  /** The process `pid` executes the file at `executable`, and uses a port for the first time. */
  used(pid: number, executable: string, at: Micros): void;
  /** The versions that are new since the last call, and whose hash is known by now. `all`: also those without. */
  take(all: boolean): ProgramRecord[];
  close(): void;
};

/** Follows the programs of the /proc at `root`. */
export function createPrograms(root: string): Programs {
  const digests = createDigests();
  let versions = new Set<string>();
  const waiting = new Set<ProgramRecord>();
  let ready: ProgramRecord[] = [];
  return {
    used(pid, executable, at) {
      const program = openProgram(root, pid);
      if (program === undefined) return;
      const key = `${program.version} ${executable}`;
      if (versions.has(key)) {
        closeSync(program.file);
        return;
      }
      if (versions.size >= REMEMBERED) versions = new Set();
      versions.add(key);
      const { size, changedAt } = program;
      const maps = readStart(`${root}/${pid}/maps`, MAPS_BYTES)?.text;
      const modules = maps === undefined ? [] : parseModules(maps);
      const record: ProgramRecord = { executable, size, changedAt, firstSeen: at };
      if (modules.length > 0) record.modules = modules;
      waiting.add(record);
      digests.add(program.file, size, (sha256) => {
        if (!waiting.delete(record)) return; // told without
        ready.push(sha256 === undefined ? record : { ...record, sha256 });
      });
    },
    take(all) {
      if (all) {
        ready.push(...waiting);
        waiting.clear();
      }
      const taken = ready;
      ready = [];
      return taken;
    },
    close: () => digests.close(),
  };
}
