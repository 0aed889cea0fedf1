import type { Engine } from "../store.ts";
export function lifeContract(_engine: Engine): void {}
