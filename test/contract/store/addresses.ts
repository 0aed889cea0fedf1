import type { Engine } from "../store.ts";
export function addressContract(_engine: Engine): void {}
