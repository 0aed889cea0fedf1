import type { Connection } from "../connection.ts";

/** How many pages one step gives back. */
const STEP = 64;
/** Free pages are used again. Only where more than this share of the file is free is some of it given back. */
const SHARE = 0.25;
/** Below so many free pages, 16 MB, nothing is given back unless the size is limited. */
const FEW = 4096;

/** How much of the file is in use, in bytes. */
export function usedBytes(connection: Connection): number {
  const { pages, free, pageSize } = pagesOf(connection);
  return (pages - free) * pageSize;
}

/**
 * Step by step, gives free pages at the end of the file back to the disk, moving used ones forward: while the file is
 * larger than `size`, or mostly free.
 */
export function* giveBack(connection: Connection, size = Number.POSITIVE_INFINITY): Generator<void> {
  for (;;) {
    const { pages, free, pageSize } = pagesOf(connection);
    const spare = Math.max(FEW, pages * SHARE);
    if (free === 0 || (free <= spare && pages * pageSize <= size)) return;
    connection.script(`pragma incremental_vacuum(${STEP})`);
    yield;
  }
}

function pagesOf(connection: Connection) {
  return {
    pages: connection.number("pragma page_count"),
    free: connection.number("pragma freelist_count"),
    pageSize: connection.number("pragma page_size"),
  };
}
