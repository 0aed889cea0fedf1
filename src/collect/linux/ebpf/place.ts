import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether this runs from the bundle in dist/ rather than from the sources. */
const bundled = !import.meta.url.endsWith(".ts");

/** Where the compiled BPF object `file` lies: beside this module, or beside the bundle. */
export function objectPath(file: string): string {
  const beside = join(import.meta.dirname, "object", file);
  return existsSync(beside) ? beside : join(import.meta.dirname, "..", "object", file);
}

/** The module that the consumer's thread runs. */
export function workerPath(): string {
  return join(import.meta.dirname, bundled ? "ebpf-worker.cjs" : "worker.ts");
}
