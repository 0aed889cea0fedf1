import type { Micros } from "./time.ts";

/** A process is a pid *and* the moment it started, never a bare pid: pids come back. */
export type ProcessKey = { readonly pid: number; readonly startedAt: Micros };

/** One process as far as it is known; what is absent could not be learned. */
export type Process = {
  pid: number;
  /** When it started, to the kernel's clock tick (10 ms). */
  startedAt: Micros;
  /** The kernel's name of it (`comm`), at most 15 bytes, chosen by the process itself. */
  name: string;
  executable?: string;
  arguments?: string[];
  uid?: number;
  user?: string;
  /** From the nearest parent outwards. */
  parents?: { pid: number; name: string }[];
  unit?: string;
  /** Its name, or its id where no engine tells one. */
  container?: string;
  /** The image that the container was made from. */
  image?: string;
  package?: string;
  modules?: string[];
};

/** A text key for maps: two processes are the same only when pid and start agree. */
export function processKey(process: ProcessKey): string {
  return `${process.pid}@${process.startedAt}`;
}

/** `now`, what a process became by exec, with what exec does not change where `now` leaves it out. */
export function afterExec(before: Process, now: Process): Process {
  const { parents, unit, container, image } = before;
  return {
    ...(parents === undefined ? {} : { parents }),
    ...(unit === undefined ? {} : { unit }),
    ...(container === undefined ? {} : { container }),
    ...(image === undefined ? {} : { image }),
    ...now,
  };
}
