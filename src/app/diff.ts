import { readFileSync } from "node:fs";
import { changesBetween } from "../analyze/diff/diff.ts";
import { ofManifest, ofProfile, type Statement } from "../analyze/diff/statements.ts";
import { parseManifest } from "../formats/manifest/parse.ts";
import type { DiffDocument } from "../model/documents/diff.ts";
import { Problem } from "../model/problem.ts";
import type { Profile } from "../model/profile.ts";

type Side = { facts: DiffDocument["before"]; statements: Statement[] };

/**
 * What changed from one manifest or profile to another? Pids, dynamic ports and times are no change.
 * @throws Problem `bad-manifest` for a file that is neither.
 */
export function diff(before: string, after: string): DiffDocument {
  const [first, second] = [readSide(before), readSide(after)];
  const changes = changesBetween(first.statements, second.statements);
  return {
    schema: "portolan.diff/1",
    before: first.facts,
    after: second.facts,
    same: changes.length === 0,
    changes,
  };
}

function readSide(file: string): Side {
  const text = readText(file);
  if (text.trimStart().startsWith("{")) {
    const profile = readProfile(file, text);
    return { facts: { file, kind: "profile", application: profile.application }, statements: ofProfile(profile) };
  }
  const manifest = parseManifest(text, file);
  return { facts: { file, kind: "manifest", application: manifest.application }, statements: ofManifest(manifest) };
}

function readProfile(file: string, text: string): Profile {
  const next = `./portolan run --output ${file} -- COMMAND`;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new Problem("bad-manifest", `${file} is neither a manifest nor a profile`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next,
      cause,
    });
  }
  if (isProfile(document)) return document;
  throw new Problem("bad-manifest", `${file} is no profile`, { why: 'Its schema is not "portolan.profile/1".', next });
}

function isProfile(document: unknown): document is Profile {
  if (typeof document !== "object" || document === null) return false;
  const { schema, listens, connects, processes } = document as Partial<Profile>;
  return schema === "portolan.profile/1" && [listens, connects, processes].every(Array.isArray);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Problem("bad-manifest", `${file} cannot be read`, {
      why: cause instanceof Error ? cause.message : String(cause),
      next: `ls -l ${file}`,
      cause,
    });
  }
}
