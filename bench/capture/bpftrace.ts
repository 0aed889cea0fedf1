import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Counter, type Load, loadUnder, startLine } from "./counter.ts";

/** It finds tracepoints through tracefs, which is mounted for it alone. */
const TRACEFS = 'mount -t tracefs tracefs /sys/kernel/tracing && exec bpftrace -o "$1" -c "$2" "$3"';

/** The command line that runs the load under a script of this folder. */
export function bpftraceLine(script: string, output: string, load: string): string[] {
  const file = join(import.meta.dirname, script);
  return ["unshare", "--mount", "--", "sh", "-c", TRACEFS, "sh", output, load, file];
}

function counter(name: string, script: string, counted: (output: string, load: Load) => number): Counter {
  return {
    name,
    peers: ["bpftrace"],
    share: 1,
    async watch({ programs, scratch }, room, connections) {
      const file = join(scratch, "bpftrace");
      const load = await loadUnder(
        startLine(room.inside(bpftraceLine(script, file, `${programs.churn} ${connections}`))),
      );
      const output = readFileSync(file, "utf8");
      const lost = [...output.matchAll(/Lost (\d+) events/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      return { load, counted: counted(output, load), ...(lost > 0 && { remark: `says it lost ${lost} events` }) };
    },
  };
}

/** A script that counts in the kernel, by process. */
export const BPFTRACE_COUNT = counter("bpftrace, counts by process", "count.bt", (output, { pid }) =>
  Number(new RegExp(`^@connections\\[${pid}\\]: (\\d+)$`, "m").exec(output)?.[1] ?? 0),
);

/** A script that prints one line for each connection. */
export const BPFTRACE_LINES = counter(
  "bpftrace, a line each",
  "lines.bt",
  (output, { pid, port }) => [...output.matchAll(new RegExp(`^connection ${pid} \\d+ ${port} \\d+$`, "gm"))].length,
);
