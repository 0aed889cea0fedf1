import { basename } from "node:path";

/**
 * Return addresses as `module+0xoffset` (offset in the file), by the text of /proc/PID/maps (proc_pid_maps(5)).
 * Addresses that lie in no file are left out: no guess.
 */
export function callersOf(addresses: readonly bigint[], maps: string): string[] {
  const regions = parse(maps);
  const callers: string[] = [];
  for (const address of addresses) {
    const region = regions.find((one) => one.start <= address && address < one.end);
    if (region) callers.push(`${region.module}+0x${(address - region.start + region.offset).toString(16)}`);
  }
  return callers;
}

type Region = { start: bigint; end: bigint; offset: bigint; module: string };

function parse(maps: string): Region[] {
  const regions: Region[] = [];
  for (const line of maps.split("\n")) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) ..x. ([0-9a-f]+) \S+ \d+ +(\/.*)$/.exec(line);
    if (!match) continue;
    const [, start, end, offset, path] = match;
    regions.push({ start: hex(start), end: hex(end), offset: hex(offset), module: basename(path ?? "") });
  }
  return regions;
}

function hex(digits: string | undefined): bigint {
  return BigInt(`0x${digits ?? "0"}`);
}
