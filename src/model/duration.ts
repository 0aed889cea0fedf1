const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 31_536_000_000 };

/** Milliseconds that `text` states, such as `500ms`, `30s`, `10m`, `2h`, `7d`, `3y` (of 365 days); a bare number means seconds. Undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|y)?$/.exec(text);
  if (!match) return undefined;
  const milliseconds = Number(match[1]) * (UNITS[match[2] ?? "s"] ?? 1000);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}
