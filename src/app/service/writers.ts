import { lstatSync } from "node:fs";
import { dirname } from "node:path";

const OTHERS_WRITE = 0o022; // chmod(2): group and others
const STICKY = 0o1000;

/**
 * The nearest of `path` and the folders above it that somebody besides root may write to, or undefined: whoever can
 * replace a program decides what root runs. A sticky folder lets nobody replace what belongs to root.
 */
export function writersBesideRoot(path: string): string | undefined {
  for (let part = path; ; part = dirname(part)) {
    const { uid, mode } = lstatSync(part);
    if (uid !== 0 || ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0)) return part;
    if (part === dirname(part)) return undefined;
  }
}
