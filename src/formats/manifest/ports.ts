import { isScalar, isSeq, type Node } from "yaml";
import type { ManifestPorts, PortRange } from "../../model/manifest.ts";
import { rangeText } from "../../model/manifest-ports.ts";
import { quoted } from "./fields.ts";
import type { Issues } from "./issues.ts";

const HINT = "a port is a number from 1 to 65535, a list of them, a range such as 8000-8010, or dynamic";

/** The ports of a line: a number, a list, a range `a-b`, or `dynamic`. */
export function readPorts(node: Node, issues: Issues): ManifestPorts | undefined {
  if (isScalar(node) && node.value === "dynamic") return "dynamic";
  if (!isSeq(node)) {
    const range = readRange(node, issues);
    return range === undefined ? undefined : [range];
  }
  if (node.items.length === 0) issues.add(node, `the list of ports is empty: ${HINT}`);
  const ranges: PortRange[] = [];
  for (const item of node.items) {
    const range = readRange(item as Node, issues);
    if (range === undefined) continue;
    const twice = ranges.some((other) => range.from <= other.to && other.from <= range.to);
    if (twice) issues.add(item as Node, `port ${rangeText(range)} is stated twice in one list`);
    ranges.push(range);
  }
  return ranges;
}

function readRange(node: Node, issues: Issues): PortRange | undefined {
  const value = isScalar(node) ? node.value : node;
  const [from, to] = typeof value === "number" ? [value, value] : bounds(value);
  if (from === undefined || to === undefined || !isPort(from) || !isPort(to)) {
    issues.add(node, `port must not be ${quoted(value)}: ${HINT}`);
    return undefined;
  }
  if (from > to) {
    issues.add(node, `the range ${from}-${to} is upside down: write ${to}-${from}`);
    return undefined;
  }
  return { from, to };
}

function bounds(value: unknown): [number?, number?] {
  const match = typeof value === "string" ? /^(\d{1,5}) ?- ?(\d{1,5})$/.exec(value) : null;
  return match === null ? [] : [Number(match[1]), Number(match[2])];
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** The fewest ranges that hold exactly these ports. */
export function rangesOf(ports: number[]): PortRange[] {
  const ranges: PortRange[] = [];
  for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last.to === port - 1) last.to = port;
    else ranges.push({ from: port, to: port });
  }
  return ranges;
}
