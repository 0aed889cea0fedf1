import type { ServiceNames } from "./parse.ts";
import { BOTH, TCP, UDP } from "./registry.gen.ts";

/** The names that IANA has assigned to ports. */
export function registeredServices(): ServiceNames {
  return { tcp: read(BOTH, TCP), udp: read(BOTH, UDP) };
}

/** Each text is ports and names in turn, with blanks between; no port is in two texts for one protocol. */
function read(...texts: string[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const text of texts) {
    const words = text.split(/\s+/);
    for (let at = 0; at + 1 < words.length; at += 2) names.set(Number(words[at]), words[at + 1] ?? "");
  }
  return names;
}
