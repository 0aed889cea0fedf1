import type { Verb } from "./verb.ts";
import { ls } from "./verbs/ls.ts";

/** Every verb, each loaded only when it is asked for. */
export const VERBS: { readonly [name: string]: () => Promise<Verb> } = {
  run: async () => (await import("./verbs/run.ts")).run,
  ls: async () => ls,
  query: async () => (await import("./verbs/query.ts")).query,
  doctor: async () => (await import("./verbs/doctor.ts")).doctor,
};
