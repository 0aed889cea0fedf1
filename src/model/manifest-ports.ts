import type { ManifestPorts, PortRange } from "./manifest.ts";

/** The ports as a manifest writes them: `80`, `8000-8010`, `[80, 443]`, `dynamic`. */
export function portsText(ports: ManifestPorts): string {
  if (ports === "dynamic") return ports;
  const [only] = ports;
  return ports.length === 1 && only !== undefined ? rangeText(only) : `[${ports.map(rangeText).join(", ")}]`;
}

/** `80` or `8000-8010`. */
export function rangeText(range: PortRange): string {
  return range.from === range.to ? String(range.from) : `${range.from}-${range.to}`;
}
