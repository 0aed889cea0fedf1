import { type Endpoint, endpointText } from "../../model/endpoint.ts";
import { visible } from "../visible.ts";
import { padded } from "../width.ts";

/** An endpoint, ready for a terminal: an interface's name may hold what a terminal would obey. */
export function endpointCell(endpoint: Endpoint): string {
  const text = endpointText(endpoint);
  return endpoint.address.includes("%") ? visible(text) : text;
}

/**
 * An endpoint in exactly `width` columns (14 at least): the middle of the address gives way, its two ends and the port
 * stay.
 */
export function endpointPadded(endpoint: Endpoint, width: number): string {
  const cell = endpointCell(endpoint);
  if (cell.length > width) return shortened(cell, width);
  return endpoint.address.includes("%") ? padded(cell, width) : cell.padEnd(width);
}

function shortened(cell: string, width: number): string {
  const tail = Math.max("]:65535".length + 1, width >> 1);
  const head = width - 1 - tail;
  return `${cell.slice(0, head)}…${cell.slice(-tail)}`;
}
