import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a real server said, one entry for each reply: a file of blocks of hexadecimal below a line that says whose it is. */
export function recorded(name: string): Uint8Array[] {
  const text = readFileSync(join(import.meta.dirname, "recorded", `${name}.hex`), "utf8");
  const blocks = text.replace(/^#.*\n/gm, "").split(/\n\n+/);
  return blocks
    .map((block) => Uint8Array.from(Buffer.from(block.replace(/\s/g, ""), "hex")))
    .filter((all) => all.length);
}
