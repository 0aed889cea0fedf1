import type { Verb } from "./verb.ts";
import { ls } from "./verbs/ls.ts";

/** Every verb, each loaded only when it is asked for. */
export const VERBS: { readonly [name: string]: () => Promise<Verb> } = {
  run: async () => (await import("./verbs/run.ts")).run,
  mark: async () => (await import("./verbs/mark.ts")).mark,
  ls: async () => ls,
  record: async () => (await import("./verbs/record.ts")).record,
  watch: async () => (await import("./verbs/watch.ts")).watch,
  who: async () => (await import("./verbs/who.ts")).who,
  apps: async () => (await import("./verbs/apps.ts")).apps,
  app: async () => (await import("./verbs/app.ts")).app,
  query: async () => (await import("./verbs/query.ts")).query,
  portqry: async () => (await import("./verbs/portqry.ts")).portqry,
  import: async () => (await import("./verbs/import.ts")).importVerb,
  manifest: async () => (await import("./verbs/manifest.ts")).manifest,
  verify: async () => (await import("./verbs/verify.ts")).verify,
  diff: async () => (await import("./verbs/diff.ts")).diff,
  service: async () => (await import("./verbs/service.ts")).service,
  doctor: async () => (await import("./verbs/doctor.ts")).doctor,
};
