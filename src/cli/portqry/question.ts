import { createInterface } from "node:readline/promises";

/** Asks on the terminal whether a log may be replaced. Where nobody can answer, it may not. */
export async function mayReplace(file: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`The log file ${file} exists. Overwrite it? (y/n) `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
