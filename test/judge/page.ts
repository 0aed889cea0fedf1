import { hostname } from "node:os";
import type { Adapter } from "./adapter.ts";
import type { Row } from "./judge.ts";
/** */
export function page(rows: readonly Row[], adapters: readonly Adapter[], trials: number): string {
  return `${hostname()} ${rows.length} ${adapters.length} ${trials}`;
}
