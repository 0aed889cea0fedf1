import type { Process } from "../../model/process.ts";
import { visible } from "../visible.ts";

const ENDINGS = {
  interrupt: "Following until Ctrl+C.",
  time: "Following until --for ends.",
  soon: "Following for at most 10 seconds (stdin is no terminal; --for T chooses).",
};
const NAMED = 5;

/** What stderr says when the command has ended and processes of it remain. */
export function leftoversText(processes: readonly Process[], until: keyof typeof ENDINGS): string {
  const named = processes.slice(0, NAMED).map((process) => `${visible(process.name)} (${process.pid})`);
  const more = processes.length > NAMED ? ` and ${processes.length - NAMED} more` : "";
  return `portolan: the command has ended; still running: ${named.join(", ")}${more}. ${ENDINGS[until]}\n`;
}
