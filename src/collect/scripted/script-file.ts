import { readFileSync } from "node:fs";
import { Problem } from "../../model/problem.ts";
import type { Script } from "./script.ts";

/** The script in the JSON file at `path`. Throws `bad-value` when it cannot be read or is no script. */
export function readScript(path: string): Script {
  try {
    const script: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isScript(script)) throw new Error('it must be an object with the lists "snapshots" or "steps"');
    return script;
  } catch (error) {
    throw new Problem("bad-value", `the script ${path} cannot be used`, {
      why: error instanceof Error ? error.message : String(error),
      next: "see docs/fields.md for what a snapshot holds",
      cause: error,
    });
  }
}

/** Scripts are written by whoever tests or demonstrates, so only their outer shape is looked at. */
function isScript(value: unknown): value is Script {
  if (typeof value !== "object" || value === null) return false;
  const { snapshots, steps } = value as { snapshots?: unknown; steps?: unknown };
  return Array.isArray(snapshots) || Array.isArray(steps);
}
