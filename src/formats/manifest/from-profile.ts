import type { Profile } from "../../model/profile.ts";
import { unstated } from "./observed.ts";
import { SCHEMA } from "./parse.ts";
import { connectText, listenText, scalarText } from "./write.ts";

/**
 * A manifest that states what `profile` saw, for a person to go on from.
 * `resolvers`: the addresses of the machine's DNS resolvers, which it calls `resolver`.
 */
export function manifestFromProfile(profile: Profile, resolvers: readonly string[]): string {
  const { listens, connects } = unstated(profile, { listens: [], connects: [] }, resolvers);
  const seen = `Seen on ${profile.startedAt.slice(0, 10)}${profile.complete ? "" : ", with gaps: there may be more"}.`;
  return [
    `# ${seen} A line may also say: feature, reason, required.`,
    `# ${coverageText(profile)}`,
    `schema: ${SCHEMA}`,
    `application: ${scalarText(profile.application)}`,
    ...section("listens", listens.map(listenText)),
    ...section("connects", connects.map(connectText)),
    "",
  ].join("\n");
}

/** How much of the application the lines rest on. */
function coverageText({ coverage, listens, connects }: Profile): string {
  const { durationSeconds, starts, singleSightings } = coverage;
  const joined =
    starts === 0 ? "joined late" : `${starts === 1 ? "one start" : `${starts} starts`}, from the first instruction`;
  const single = singleSightings ? `; ${singleSightings} of ${listens.length + connects.length} seen only once` : "";
  return `Watched for ${Math.ceil(durationSeconds)} s: ${joined}${single}.`;
}

function section(key: string, lines: string[]): string[] {
  return lines.length === 0 ? [`${key}: []`] : [`${key}:`, ...lines.map((line) => `  - ${line}`)];
}
