import type { DiffDocument } from "../../model/documents/diff.ts";
import type { Output } from "../output.ts";
import { counted } from "../run/report-words.ts";
import { visible } from "../visible.ts";

type Change = DiffDocument["changes"][number];

/** The sign that a reader of patches knows, and its colour (ECMA-48, SGR). */
const SIGNS: Record<Change["change"], { sign: string; colour: number }> = {
  opened: { sign: "+", colour: 32 },
  exposed: { sign: "!", colour: 33 },
  closed: { sign: "-", colour: 31 },
  withdrawn: { sign: "!", colour: 33 },
  owner: { sign: "~", colour: 36 },
};

/** The changes for people: a sentence, then a line each. */
export function diffText({ before, after, same, changes }: DiffDocument, { colour }: Pick<Output, "colour">): string {
  const names =
    before.application === after.application
      ? visible(before.application)
      : `${visible(before.application)} and ${visible(after.application)}`;
  if (same) return `Nothing changed for ${names}.\n`;
  const lines = changes.map((change) => {
    const { sign, colour: code } = SIGNS[change.change];
    const text = `${sign} ${changeText(change)}`;
    return colour ? `\x1b[${code}m${text}\x1b[39m` : text;
  });
  return `${names}: ${counted(changes.length, "change")}.\n\n${lines.join("\n")}\n`;
}

function changeText({ change, use, protocol, ports, peer, scope, before, after }: Change): string {
  const what =
    use === "listen" ? `listens on ${protocol} ${ports}` : `connects to ${protocol} ${ports} of ${visible(peer ?? "")}`;
  const reach = scope === undefined ? "" : scope === "loopback" ? " (for this machine only)" : " (for the network)";
  switch (change) {
    case "exposed":
      return `${what}: for this machine only before, for the network now`;
    case "withdrawn":
      return `${what}: for the network before, for this machine only now`;
    case "owner":
      return `${what}: by ${visible(before?.join(", ") ?? "")} before, by ${visible(after?.join(", ") ?? "")} now`;
    default:
      return `${what}${reach}`;
  }
}
