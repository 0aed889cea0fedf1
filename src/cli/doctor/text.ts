import type { DoctorDocument } from "../../model/documents/doctor.ts";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";

type CollectorReport = DoctorDocument["collectors"][number];

/** What each collector is good for, in a person's words. */
const PURPOSE: { readonly [name: string]: string } = {
  ebpf: "sees every connection, however short, with its process",
  procfs: "reads /proc: what is open now; short connections may be missed",
};

/** The examination as a person reads it in five seconds: what works, what does not, and what to type. */
export function doctorText(document: DoctorDocument, output: Pick<Output, "colour">): string {
  const lines = [summary(document.collectors), ""];
  for (const collector of document.collectors) lines.push(...collectorLines(collector, output.colour));
  lines.push("", `Portolan ${document.version}, ${document.runtime}, ${document.system}`);
  return `${lines.join("\n")}\n`;
}

function summary(collectors: readonly CollectorReport[]): string {
  const [best] = collectors;
  const used = collectors.find(({ ready }) => ready);
  if (used === undefined) return "Portolan cannot observe this machine.";
  if (used !== best) return `Portolan works with limits: ${used.name} instead of ${best?.name}.`;
  return used.degradations.length === 0
    ? "Everything works."
    : `Portolan works (${used.name}), without ${used.degradations.length === 1 ? "one part" : "some parts"}.`;
}

function collectorLines({ name, ready, degradations }: CollectorReport, colour: boolean): string[] {
  const mark = ready ? "yes" : "no ";
  const shown = colour ? `\x1b[${ready ? 32 : 31}m${mark}\x1b[39m` : mark;
  const purpose = PURPOSE[name];
  const lines = [`  ${shown}  ${name}${purpose === undefined ? "" : `: ${purpose}`}`];
  for (const { what, remedy } of degradations) {
    lines.push(`       ${ready ? "without" : "because"} ${visible(what)}`);
    if (remedy !== undefined) lines.push(`         type: ${visible(remedy)}`);
  }
  return lines;
}
