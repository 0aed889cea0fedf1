import type { Micros } from "../../model/time.ts";
import type { ProcessDetail } from "./process-detail.ts";

/** Details that are kept at most, and of one pid at most: pids come back, and logs tell of a process again and again. */
const DETAILS = 100_000;
const OF_ONE = 1000;

/** What PR-PIDS and PR-INITIAL tell of processes, and when. */
export class ProcessDetails {
  readonly #byPid = new Map<number, { at: Micros; detail: ProcessDetail }[]>();
  #count = 0;

  add(detail: ProcessDetail, at: Micros): void {
    const known = this.#byPid.get(detail.pid) ?? [];
    const isNews = detail.modules.length > 0 || detail.services.length > 0 || detail.user !== undefined;
    if (!isNews || this.#count >= DETAILS || known.length >= OF_ONE) return;
    this.#byPid.set(detail.pid, [...known, { at, detail }]);
    this.#count++;
  }

  /**
   * What is told of the process that used a port at `at`, by a program of that name where one is stated: the latest
   * until then, or else the first afterwards.
   */
  of(pid: number, module: string | undefined, at: Micros): ProcessDetail | undefined {
    const name = module?.toLowerCase();
    const fitting = (this.#byPid.get(pid) ?? []).filter(
      ({ detail }) => name === undefined || detail.name === undefined || detail.name.toLowerCase() === name,
    );
    return (fitting.findLast((each) => each.at <= at) ?? fitting[0])?.detail;
  }
}
