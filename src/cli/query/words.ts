import type { QueryPort, QueryTarget } from "../../model/documents/query.ts";
import type { Verdict } from "../../model/verdict.ts";
import { visible } from "../visible.ts";

/** Verdicts in a person's words. */
export const VERDICT_WORDS: { readonly [V in Verdict]: string } = {
  listening: "listening",
  "not-listening": "not listening",
  filtered: "filtered",
  "listening-or-filtered": "listening or filtered",
};

/** `example.org (192.0.2.1)`, or the address alone. */
export function targetText({ name, address }: QueryTarget): string {
  return name === undefined || name === address ? visible(address) : `${visible(name)} (${visible(address)})`;
}

/** `tcp 80` */
export function portText({ protocol, port }: Pick<QueryPort, "protocol" | "port">): string {
  return `${protocol} ${port}`;
}

/** Milliseconds with as many digits as mean something: `0.04`, `3.1`, `2850`. */
export function millisecondsText(milliseconds: number): string {
  return milliseconds < 1 ? milliseconds.toFixed(2) : milliseconds.toFixed(milliseconds < 10 ? 1 : 0);
}
