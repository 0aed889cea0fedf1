import type { Row } from "./row.ts";
import { kernelTime } from "./rows/kernel-time.ts";
import { loadSlowdown } from "./rows/load-slowdown.ts";
import { ls30000 } from "./rows/ls-30000.ts";
import { ls110000 } from "./rows/ls-110000.ts";
import { lsQuiet } from "./rows/ls-quiet.ts";
import { query65535 } from "./rows/query-65535.ts";
import { queryFiltered } from "./rows/query-filtered.ts";
import { recordSize } from "./rows/record-size.ts";
import { shortConnections } from "./rows/short-connections.ts";
import { who10m } from "./rows/who-10m.ts";

/** Every row, in the order of the page. */
export const ROWS: readonly Row[] = [
  lsQuiet,
  ls30000,
  ls110000,
  shortConnections,
  loadSlowdown,
  kernelTime,
  recordSize,
  who10m,
  query65535,
  queryFiltered,
];
