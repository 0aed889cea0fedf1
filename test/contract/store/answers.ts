import type { Engine } from "../store.ts";
export function answerContract(_engine: Engine): void {}
