import type { Machine } from "../machine.ts";
import type { Peer } from "../peers.ts";
import type { Result } from "../row.ts";

/** All that one run of the bench found. */
export type BenchRecord = {
  command: string;
  date: string;
  repeat: number;
  scale: number;
  machine: Machine;
  /** Version of Portolan's sources, of its Node, and of each peer; absent where a peer is missing. */
  versions: { portolan: string; node: string } & Partial<{ [P in Peer]: string }>;
  missing: { peer: Peer; package: string }[];
  rows: RowRecord[];
};

export type RowRecord = Result & { name: string; title: string; method: string; seconds: number; failure?: string };

/** Whether each row ran through and each verdict was reached. */
export function allReached({ rows }: BenchRecord): boolean {
  return rows.every((row) => row.failure === undefined && row.verdicts.every(({ reached }) => reached));
}
