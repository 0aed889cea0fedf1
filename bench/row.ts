import type { Peer } from "./peers.ts";
import type { Programs } from "./programs.ts";

/** What a row may use, and how much of it is asked for. */
export type Bench = {
  programs: Programs;
  /** A folder for whatever the runs write; removed at the end. */
  scratch: string;
  /** How often each measurement is made; the median counts. */
  repeat: number;
  /** Share of the full size, above 0 and up to 1. Verdicts count at 1 only. */
  scale: number;
  /** The peers that are missing on this machine. */
  missing: ReadonlySet<Peer>;
  /** Tells what happens, for somebody who waits. */
  progress: (text: string) => void;
};

/** A table of what was measured. Cells are text, or numbers with the unit that their heading names. */
export type Table = { title: string; columns: string[]; rows: Cell[][] };
export type Cell = string | number;

/** One figure against what it has to reach. `measured` is absent where it could not be measured, and `note` says why. */
export type Verdict = {
  claim: string;
  target: string;
  measured?: string;
  reached: boolean;
  note?: string;
};

/** What a row found. */
export type Result = { tables: Table[]; verdicts: Verdict[]; notes: string[] };

/** One claim about speed, as a program. */
export type Row = {
  /** What is typed to run it. */
  name: string;
  /** One sentence for the page. */
  title: string;
  /** How it is measured, in a few sentences. */
  method: string;
  peers: Peer[];
  run(bench: Bench): Promise<Result>;
};
