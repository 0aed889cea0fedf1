import { dirname } from "node:path";
import type { Process } from "../../../model/process.ts";
import type { ProgramRecord, RecordedProcess } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { identify } from "../owners/application.ts";
import { createProcessReader } from "../owners/process.ts";
import { readPackages } from "./packages.ts";
import { createPrograms } from "./programs.ts";

/** Who a process is: what a collector has no time to ask. */
export type Identity = {
  /** `process`, which uses a port now, with the application that it belongs to and all that tells it. */
  of(process: Process, at: Micros): RecordedProcess;
  /** Versions of executables that came into use, each once, when its hash is known; `all`: also those without. */
  programs(all: boolean): ProgramRecord[];
  close(): void;
};

/** Knows the packages of the machine whose /proc is `root`, and asks about each process while it lives. */
export async function createIdentity(root: string): Promise<Identity> {
  const packages = await readPackages(dirname(root));
  const reader = createProcessReader(root);
  const programs = createPrograms(root);
  return {
    of(process, at) {
      const living = reader.read(process.pid, { brief: true });
      const now = living?.startedAt === process.startedAt ? living : undefined;
      const known = now === undefined ? process : asOf(process, now);
      if (known.executable !== undefined && known.executable === now?.executable?.replace(/ \(deleted\)$/, "")) {
        programs.used(known.pid, known.executable, at);
      }
      const owner = known.container === undefined && known.executable ? packages.of(known.executable) : undefined;
      const whole = owner === undefined ? known : { ...known, package: owner };
      return { ...whole, application: identify(whole) };
    },
    programs: (all) => programs.take(all),
    close: () => programs.close(),
  };
}

/**
 * The process where it belongs by now: the kernel's records tell the unit of whoever forked it, and a moment later it may
 * have been moved into its own.
 */
function asOf({ unit: _, container: __, image: ___, ...process }: Process, now: Process): Process {
  return {
    ...(now.executable !== undefined && { executable: now.executable }),
    ...process,
    ...(now.unit !== undefined && { unit: now.unit }),
    ...(now.container !== undefined && { container: now.container }),
    ...(now.image !== undefined && { image: now.image }),
  };
}
