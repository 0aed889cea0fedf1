import type { LsAnswer } from "../../app/ls.ts";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";

/** What may be missing from the answer and the command that brings it, one line each; nothing when all is there. */
export function incompleteText(answer: LsAnswer, output: Output): string {
  const lines = answer.degradations.map(({ what, remedy }) => line(what, remedy));
  for (const { reason, lost } of answer.snapshot.gaps) {
    lines.push(line(lost === undefined ? reason : `${reason} (${lost} lost)`, answer.remedy));
  }
  const text = lines.join("");
  return output.colour && text !== "" ? `\x1b[33m${text}\x1b[39m` : text;
}

function line(what: string, remedy?: string): string {
  const tail = remedy === undefined ? "" : `; to get it: ${visible(remedy)}`;
  return `incomplete: ${visible(what)}${tail}\n`;
}
