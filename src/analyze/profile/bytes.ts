/** Payload bytes in one direction, summed over flows of which some could perhaps not be counted. */
export type Bytes = { sum: number; known: boolean; unknown: boolean };

export function newBytes(): Bytes {
  return { sum: 0, known: false, unknown: false };
}

/**
 * Adds what one event says. Without a figure, an event of a flow that goes on says nothing, since the figure may still
 * come; the event that ends it leaves its bytes unknown.
 */
export function addBytes(bytes: Bytes, count: number | undefined, ended: boolean): void {
  if (count !== undefined) {
    bytes.sum += count;
    bytes.known = true;
  } else if (ended) bytes.unknown = true;
}

/** Whether the sum is a lower bound only. */
export function isPartial(bytes: Bytes): boolean {
  return bytes.known && bytes.unknown;
}
