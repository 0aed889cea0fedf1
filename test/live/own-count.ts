/** An exact number, or the bounds that a program's own figure gives where it counts at another layer. */
export type Amount = number | { from: number; to: number };

/** A program's own count of what it moved, by the names that `bytes` in compare.ts gives. */
export type OwnCount = Record<string, { bytesIn?: Amount; bytesOut?: Amount }>;

/** Where `seen` differs from the program's own count, one line for each difference. */
export function differences(own: OwnCount, seen: Record<string, { bytesIn: number; bytesOut: number }>): string[] {
  return Object.entries(own).flatMap(([name, amounts]) =>
    (["bytesIn", "bytesOut"] as const).flatMap((field) => {
      const wanted = amounts[field];
      if (wanted === undefined) return [];
      const found = seen[name]?.[field];
      const { from, to } = typeof wanted === "number" ? { from: wanted, to: wanted } : wanted;
      if (found !== undefined && found >= from && found <= to) return [];
      const text = from === to ? `${from}` : `${from} to ${to}`;
      return [`${name}: ${field} should be ${text} and is ${found ?? "not reported"}`];
    }),
  );
}
