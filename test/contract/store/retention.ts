import type { Engine } from "../store.ts";
export function retentionContract(_engine: Engine): void {}
