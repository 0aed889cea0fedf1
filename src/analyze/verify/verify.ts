import type { Manifest } from "../../model/manifest.ts";
import type { Profile } from "../../model/profile.ts";
import { isMissing, type Verification } from "../../model/verification.ts";
import { brokenUses } from "./broken.ts";
import { verifyLines } from "./lines.ts";

/** What the profile does not say: the manifest's file, where in it each line stands, and whether the command failed. */
export type VerifyFacts = {
  file: string;
  /** Line numbers of the manifest's lines, listens first; absent for a manifest without a file. */
  places?: readonly number[];
  resolvers: readonly string[];
  /** Whether the command itself failed, which no manifest excuses. */
  commandFailed: boolean;
};

/** Whether what `profile` saw keeps to `manifest`. */
export function verify(manifest: Manifest, profile: Profile, facts: VerifyFacts): Verification {
  const { host, command, exitStatus, startedAt, endedAt, gaps, coverage } = profile;
  const lines = verifyLines(manifest, profile, facts.resolvers).map((line, index) => {
    const place = facts.places?.[index];
    return place === undefined ? line : { ...line, line: place };
  });
  const broken = brokenUses(manifest, profile, facts.resolvers);
  const failed = broken.length > 0 || lines.some(isMissing) || facts.commandFailed;
  const unknown = lines.some((line) => line.answer === "unknown");
  return {
    schema: "portolan.verify/1",
    host,
    application: manifest.application,
    manifest: facts.file,
    ...(command && { command }),
    ...(exitStatus !== undefined && { exitStatus }),
    commandFailed: facts.commandFailed,
    startedAt,
    endedAt,
    answer: failed ? "broken" : unknown ? "unknown" : "kept",
    lines,
    broken,
    gaps,
    coverage,
  };
}
