import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProfileDocument } from "../../../src/model/documents/profile.ts";
import { launcher } from "../../live/observer.ts";
import type { Adapter } from "../adapter.ts";
import { FACTS } from "../seen.ts";
import { seenInProfile } from "./profile.ts";
import { versionOf } from "./version.ts";

/** Portolan as the one who starts the application. */
export const portolanRun: Adapter = {
  name: "portolan run",
  own: true,
  scope: "run",
  about: "what an application does",
  knows: { facts: new Set(FACTS.filter((fact) => !fact.startsWith("open"))) },
  lack: () => (process.geteuid?.() === 0 ? undefined : "needs root"),
  version: () => versionOf(launcher, ["--version"]),
  watch({ folder }) {
    const file = join(folder, "profile.json");
    return {
      wrap: (command) => [launcher, "run", "--output", file, "--", ...command],
      seen: async () => seenInProfile(JSON.parse(readFileSync(file, "utf8")) as ProfileDocument),
    };
  },
};
