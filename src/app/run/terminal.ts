import { readFileSync } from "node:fs";

/**
 * Whether a key press such as Ctrl+C reaches the application without us: both are in the foreground process group of
 * the terminal, to which the kernel sends the signal (fields 5 and 8 of proc_pid_stat(5): pgrp and tpgid).
 */
export function terminalSignalsBoth(): boolean {
  const stat = readFileSync("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, , group, , , foreground] = fields;
  return group !== undefined && group === foreground;
}
