import { type Endpoint, endpointText } from "../../model/endpoint.ts";
import { visible } from "../visible.ts";
import { displayWidth } from "../width.ts";

/** Writes endpoints for a terminal; remembers addresses, because a machine has many sockets and few of those. */
export type EndpointCells = {
  /** How many columns an endpoint takes, nothing cut. */
  width(endpoint: Endpoint): number;
  /**
   * An endpoint in exactly `width` columns (14 at least): the middle of the address gives way, its two ends and the port
   * stay.
   */
  padded(endpoint: Endpoint, width: number): string;
};

/** What stands before a port, and how many columns it takes. */
type Start = { text: string; width: number };

export function createEndpointCells(): EndpointCells {
  const starts = new Map<string, Start>();
  const startOf = (address: string): Start => {
    let start = starts.get(address);
    if (start === undefined) {
      // An interface's name may hold what a terminal would obey.
      const text = visible(endpointText({ address, port: 0 }).slice(0, -1));
      start = { text, width: displayWidth(text) };
      starts.set(address, start);
    }
    return start;
  };
  return {
    width: ({ address, port }) => startOf(address).width + digits(port),
    padded({ address, port }, width) {
      const start = startOf(address);
      const blanks = width - start.width - digits(port);
      if (blanks < 0) return shortened(`${start.text}${port}`, width);
      return start.text + port + blank(blanks);
    },
  };
}

function digits(port: number): number {
  return port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10_000 ? 4 : 5;
}

const BLANKS: string[] = [];

function blank(count: number): string {
  let blanks = BLANKS[count];
  if (blanks === undefined) {
    blanks = " ".repeat(count);
    BLANKS[count] = blanks;
  }
  return blanks;
}

function shortened(cell: string, width: number): string {
  const tail = Math.max("]:65535".length + 1, width >> 1);
  const head = width - 1 - tail;
  return `${cell.slice(0, head)}…${cell.slice(-tail)}`;
}
