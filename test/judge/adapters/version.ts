import { spawnSync } from "node:child_process";

/** The first version number that `command` prints with these options; the first words where there is none. */
export function versionOf(command: string, options: string[]): string {
  const { stdout, stderr, error } = spawnSync(command, options, { encoding: "utf8", timeout: 60_000 });
  if (error) return "unknown";
  const text = `${stdout}\n${stderr}`;
  return /\d+(\.\d+)+[-\w]*/.exec(text)?.[0] ?? text.trim().split("\n", 1)[0]?.slice(0, 40) ?? "unknown";
}
