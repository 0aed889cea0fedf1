import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { Script } from "../../src/collect/scripted/script.ts";

/** What a command line wrote and how it ended. */
export type Outcome = { status: number; stdout: string; stderr: string };

/** Runs the whole program in this process; `columns` makes both outputs terminals of that width, `stdin` is what it reads. */
export async function portolan(
  argv: string[],
  terminal: { columns?: number; colour?: boolean; stdin?: string } = {},
): Promise<Outcome> {
  const outcome = { status: -1, stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    columns: terminal.columns,
    colour: terminal.colour === true,
    write: (text: string) => {
      outcome[name] += text;
    },
  });
  const { stdin } = terminal;
  outcome.status = await main(argv, {
    ...(stdin !== undefined && { stdin: { terminal: false, read: () => pieces(stdin) } }),
    stdout: output("stdout"),
    stderr: output("stderr"),
    environment: {},
  });
  return outcome;
}

async function* pieces(text: string): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 4001) yield bytes.subarray(at, at + 4001);
}

/** The option that puts the program into a made-up world, kept in a file until the test ends. */
export function inWorld(script: Script): string[] {
  const folder = mkdtempSync(join(tmpdir(), "portolan-world-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify(script));
  return ["--collector", `scripted:${file}`];
}
