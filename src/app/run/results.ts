import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { manifestFromProfile } from "../../formats/manifest/from-profile.ts";
import { mergeManifest } from "../../formats/manifest/merge.ts";
import { parseManifest } from "../../formats/manifest/parse.ts";
import { Problem } from "../../model/problem.ts";
import type { Profile } from "../../model/profile.ts";
import { openDocumentFile } from "./document-file.ts";
import { each } from "./each.ts";
import { replaceFile } from "./replace-file.ts";
import { nameServers } from "./resolvers.ts";

/** Files that an observation ends in. One that cannot be written takes nothing from the other. */
export type Results = { write(profile: Profile): void };

/**
 * Opens what `--output` and `--save` name before anything runs, so that an hour of observation does not end in a
 * mistyped path. An existing manifest is read now, and again when it is written.
 * @throws Problem `output-failed`, or `bad-manifest` for a manifest that is none.
 */
export function openResults(files: { output?: string; save?: string }): Results {
  const { output, save } = files;
  const document = output === undefined ? undefined : failing(output, () => openDocumentFile(output));
  if (save !== undefined) {
    if (statSync(save, { throwIfNoEntry: false })?.isFile() === false) throw noFile(save);
    const text = readExisting(save);
    if (text !== undefined) parseManifest(text, save);
    else failing(save, () => closeSync(openSync(save, "a")));
  }
  return {
    write(profile) {
      each([
        () => output !== undefined && failing(output, () => document?.write(`${JSON.stringify(profile, null, 2)}\n`)),
        () => save !== undefined && failing(save, () => replaceFile(save, manifestText(save, profile))),
      ]);
    },
  };
}

function manifestText(file: string, profile: Profile): string {
  const text = readExisting(file);
  const resolvers = nameServers();
  return text === undefined ? manifestFromProfile(profile, resolvers) : mergeManifest(text, file, profile, resolvers);
}

/** The manifest's text; undefined where there is none yet, or an empty file. */
function readExisting(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return text.trim() === "" ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw outputFailed(file, error);
  }
}

function failing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Problem ? error : outputFailed(file, error);
  }
}

function noFile(save: string): Problem {
  return new Problem("output-failed", `${save} is no file that a manifest could be kept in`, {
    why: "It is a folder, a pipe or a device.",
    next: `ls -ld ${save}`,
  });
}

function outputFailed(file: string, cause: unknown): Problem {
  return new Problem("output-failed", `could not write ${file}`, {
    why: cause instanceof Error ? cause.message : String(cause),
    next: "name a file in a folder that is there, on a disk with room",
    cause,
  });
}
