import { readFileSync } from "node:fs";
import { parseManifest } from "../formats/manifest/parse.ts";
import type { Manifest } from "../model/manifest.ts";
import { Problem } from "../model/problem.ts";

/** A manifest and the text that it was read from. */
export type ManifestFile = { file: string; text: string; manifest: Manifest };

/** Reads the manifest in `file`. @throws Problem `bad-manifest` with every mistake at its place, or why it cannot be read. */
export function readManifestFile(file: string): ManifestFile {
  const text = readText(file);
  return { file, text, manifest: parseManifest(text, file) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Problem("bad-manifest", `the manifest ${file} cannot be read`, {
      why: code === "ENOENT" ? "There is no such file." : message,
      next: code === "ENOENT" ? `./portolan run --save ${file} -- COMMAND` : `ls -l ${file}`,
      cause: error,
    });
  }
}
