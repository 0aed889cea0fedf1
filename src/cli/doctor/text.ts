import type { DoctorDocument } from "../../model/documents/doctor.ts";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";

type CollectorReport = DoctorDocument["collectors"][number];

/** What each collector is good for, in a person's words. */
const PURPOSE: { readonly [name: string]: string } = {
  ebpf: "sees every connection, however short, with its process",
  procfs: "reads /proc, without privileges; may miss what is short",
};

/** The examination as a person reads it in five seconds: what works, what does not, and what to type. */
export function doctorText(document: DoctorDocument, output: Pick<Output, "colour">): string {
  const { collectors } = document;
  const used = collectors.find(({ ready }) => ready);
  const lines = [summary(collectors, used), ""];
  for (const collector of collectors) {
    lines.push(headline(collector, output.colour));
    // What a collector lacks is of interest as far as nothing better is there in its place.
    if (!used || collectors.indexOf(collector) <= collectors.indexOf(used)) lines.push(...lacks(collector));
  }
  lines.push("", `Portolan ${document.version}, ${document.runtime}, ${document.system}`);
  return `${lines.join("\n")}\n`;
}

function summary(collectors: readonly CollectorReport[], used: CollectorReport | undefined): string {
  if (used === undefined) return "Portolan cannot observe this machine.";
  if (used !== collectors[0]) return `Portolan works with limits: ${used.name} instead of ${collectors[0]?.name}.`;
  if (used.degradations.length === 0) return "Everything works.";
  return `Portolan works, without ${used.degradations.length === 1 ? "one part" : `${used.degradations.length} parts`}.`;
}

function headline({ name, ready }: CollectorReport, colour: boolean): string {
  const mark = ready ? "yes" : "no ";
  const shown = colour ? `\x1b[${ready ? 32 : 31}m${mark}\x1b[39m` : mark;
  const purpose = PURPOSE[name];
  return `  ${shown}  ${name}${purpose === undefined ? "" : `: ${purpose}`}`;
}

/** Each lack a line; those with the same remedy stand together, and what to type stands below them. */
function lacks({ degradations }: CollectorReport): string[] {
  const remedies = new Set(degradations.map(({ remedy }) => remedy));
  return [...remedies].flatMap((remedy) => {
    const same = degradations.filter((each) => each.remedy === remedy);
    const lines = same.flatMap(({ what }) => wrapped(visible(what), "       - "));
    return remedy === undefined ? lines : [...lines, `       type: ${visible(remedy)}`];
  });
}

/** Prose in lines of at most 80 columns, as far as its words allow; what is to be typed is never broken. */
function wrapped(text: string, bullet: string): string[] {
  const lines: string[] = [];
  let line = bullet;
  for (const word of text.split(" ")) {
    if (line.length + word.length > 80 && line.trim() !== "-") {
      lines.push(line.trimEnd());
      line = " ".repeat(bullet.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
