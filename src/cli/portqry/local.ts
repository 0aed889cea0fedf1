import { type Mapping, mappings, watchMappings } from "../../app/portqry/local.ts";
import { localLines, processesLines, processLines } from "./mapping-lines.ts";
import type { LocalRequest } from "./rules.ts";
import { type Screen, systemDate } from "./screen.ts";

/** Looks at this machine as `-local`, `-wport` and `-wpid` do. `signal` ends a watch. @throws Problem as `ls`. */
export async function lookLocally(
  { watch, seconds, verbose }: LocalRequest,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  if (watch === undefined) {
    const found = await mappings(undefined, verbose);
    screen.print("", ...localLines(found), "");
    if (verbose) screen.print(...processesLines(found));
    return;
  }
  const what = "port" in watch ? `port: ${watch.port}` : `PID: ${watch.pid}`;
  screen.print("", `Watching ${what}`, "", `Checking for changes every ${seconds} seconds`);
  if (verbose) screen.print("", "verbose output requested");
  screen.print("", "Press ESC to end.", "");
  let first = true;
  const changed = (found: Mapping[]): void => {
    screen.print(first ? "============" : "=".repeat(54), "", `System Date: ${systemDate(new Date())}`, "");
    first = false;
    screen.print(...(verbose ? watchedLines(watch, found) : [...localLines(found), ""]));
  };
  await watchMappings(watch, seconds * 1000, verbose, changed, signal);
  screen.print(
    "",
    `escape key pressed: stopped watching ${what.replace(": ", " ")}`,
    "",
    `System Date: ${systemDate(new Date())}`,
  );
}

function watchedLines(watch: { port: number } | { pid: number }, found: Mapping[]): string[] {
  if ("pid" in watch && found.length > 0) return processLines(found);
  return found.length === 0 ? [...localLines(found), ""] : processesLines(found);
}
