import type { Tell } from "../../app/record/notice.ts";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";

/** Tells people at a terminal: a sentence a line. That it starts and is ready is what they see without being told twice. */
export function sentences(output: Output): Tell {
  return ({ event, text }) => {
    if (event !== "started" && event !== "ready") output.write(`${visible(text)}\n`);
  };
}
