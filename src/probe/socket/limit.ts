import { readFileSync } from "node:fs";

/** Sockets that the rest of the program may need meanwhile. */
const SPARE = 64;
/** More open at once would take memory and gain nothing. */
const MOST = 8_192;

/** How many sockets may be open at once: what the soft limit of open files leaves, which Node raises to the hard one. */
export function mostSockets(): number {
  const soft = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
  return soft === undefined ? MOST : Math.max(16, Math.min(MOST, Number(soft) - SPARE));
}
