import type { Engine } from "../store.ts";
export function processContract(_engine: Engine): void {}
