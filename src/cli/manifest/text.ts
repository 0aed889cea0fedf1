import type { Imported } from "../../app/manifest.ts";
import type { Manifest, ManifestNote } from "../../model/manifest.ts";
import { portsText } from "../../model/manifest-ports.ts";
import { counted } from "../run/report-words.ts";
import { visible } from "../visible.ts";

/** A manifest as a person reads it: a line for each line, by what it says. */
export function manifestText({ application, listens, connects }: Manifest): string {
  const lines = [
    `${visible(application)} states ${counted(listens.length, "port")} to listen on and ${counted(connects.length, "place")} to connect to.`,
  ];
  if (listens.length > 0) lines.push("", "LISTENS ON");
  for (const line of listens) {
    const reach = line.scope === "loopback" ? "for this machine only" : "for the network";
    lines.push(`  ${line.protocol} ${portsText(line.ports)}, ${reach}${noteText(line)}`);
  }
  if (connects.length > 0) lines.push("", "CONNECTS TO");
  for (const line of connects) {
    lines.push(`  ${line.protocol} ${portsText(line.ports)} of ${visible(line.peers.join(", "))}${noteText(line)}`);
  }
  return `${lines.join("\n")}\n`;
}

function noteText({ feature, reason, required }: ManifestNote): string {
  return [
    feature === undefined ? "" : ` [${visible(feature)}]`,
    required === true ? ", required" : "",
    reason === undefined ? "" : `: ${visible(reason)}`,
  ].join("");
}

/** What was read of the files, and what not, for stderr. */
export function importedText({ application, lines, remarks }: Imported): string {
  const shown = remarks.map(({ source, text }) => `  ${visible(source)}: ${visible(text)}\n`);
  return `${visible(application)}: ${counted(lines, "line")}${remarks.length === 0 ? "" : `, and ${counted(remarks.length, "remark")}:`}\n${shown.join("")}`;
}
