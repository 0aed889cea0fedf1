import { verify as compare } from "../analyze/verify/verify.ts";
import { linePlaces } from "../formats/manifest/places.ts";
import type { Verification } from "../model/verification.ts";
import { readManifestFile } from "./manifest-file.ts";
import { nameServers } from "./run/resolvers.ts";
import { type RunRequest, run } from "./run/run.ts";

export type VerifyRequest = { manifest: string } & Omit<RunRequest, "offline" | "outputToStderr">;

/**
 * Does the command keep to the manifest? Runs it as `run` does, with its standard output on ours for errors.
 * @throws Problem `bad-manifest`, and what `run` throws.
 */
export async function verify({ manifest: path, ...request }: VerifyRequest): Promise<Verification> {
  const { file, text, manifest } = readManifestFile(path);
  const { profile, status, interrupted } = await run({ ...request, outputToStderr: true });
  return compare(manifest, profile, {
    file,
    places: linePlaces(text),
    resolvers: nameServers(),
    commandFailed: status !== 0 && !interrupted,
  });
}
