import type { WhoDocument } from "../../model/documents/who.ts";
import { counted } from "../run/report-words.ts";

type Processes = WhoDocument["answers"][number]["processes"];

/** `by /usr/sbin/sleeper 4711 as eve, started by init 1 (and 3 other processes)`; undefined where none is known. */
export function processText(processes: Processes, sanitise: (text: string) => string): string | undefined {
  const [process, ...others] = processes;
  if (process === undefined) return undefined;
  const user = process.user === undefined ? "" : ` as ${sanitise(process.user)}`;
  const [parent] = process.parents ?? [];
  const by = parent === undefined ? "" : `, started by ${sanitise(parent.name)} ${parent.pid}`;
  const more = others.length === 0 ? "" : ` (and ${counted(others.length, "other process", "other processes")})`;
  return `by ${sanitise(process.executable ?? process.name)} ${process.pid}${user}${by}${more}`;
}
