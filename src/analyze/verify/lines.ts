import type { Manifest, ManifestNote } from "../../model/manifest.ts";
import { coversConnect, coversListen } from "../../model/manifest-cover.ts";
import { portsText } from "../../model/manifest-ports.ts";
import type { Profile } from "../../model/profile.ts";
import type { VerifiedLine } from "../../model/verification.ts";
import { unusedOfConnect, unusedOfListen } from "./wider.ts";

/** Each line of the manifest, with what was seen of it. */
export function verifyLines(manifest: Manifest, profile: Profile, resolvers: readonly string[]): VerifiedLine[] {
  const listens = manifest.listens.map((line): VerifiedLine => {
    const seen = profile.listens.filter((use) => coversListen(line, use));
    return {
      use: "listen",
      protocol: line.protocol,
      ports: portsText(line.ports),
      scope: line.scope,
      ...noteOf(line),
      ...answer(seen, profile, unusedOfListen(line, seen)),
    };
  });
  const connects = manifest.connects.map((line): VerifiedLine => {
    const seen = profile.connects.filter((use) => coversConnect(line, use, resolvers));
    return {
      use: "connect",
      protocol: line.protocol,
      ports: portsText(line.ports),
      peers: line.peers,
      ...noteOf(line),
      ...answer(seen, profile, unusedOfConnect(line, seen, resolvers)),
    };
  });
  return [...listens, ...connects];
}

function noteOf({ feature, required }: ManifestNote): Pick<VerifiedLine, "feature" | "required"> {
  return { ...(feature !== undefined && { feature }), ...(required !== undefined && { required }) };
}

type Answer = Pick<VerifiedLine, "answer" | "unused" | "flows">;

/** A gap makes what was not seen unknown; it takes nothing from what was. */
function answer(seen: readonly { flows?: number }[], profile: Profile, unused: string[]): Answer {
  if (seen.length === 0) return { answer: profile.complete ? "not-seen" : "unknown" };
  const flows = seen.reduce<number | undefined>(
    (sum, use) => (use.flows === undefined ? sum : (sum ?? 0) + use.flows),
    undefined,
  );
  const counted = flows === undefined ? {} : { flows };
  return unused.length === 0 ? { answer: "kept", ...counted } : { answer: "wider", unused, ...counted };
}
