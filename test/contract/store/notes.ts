import type { Engine } from "../store.ts";
export function noteContract(_engine: Engine): void {}
