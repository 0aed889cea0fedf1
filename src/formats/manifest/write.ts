import type { ManifestConnect, ManifestListen, ManifestNote } from "../../model/manifest.ts";
import { portsText } from "../../model/manifest-ports.ts";

/** A line of `listens` as a person would write it, without its dash. */
export function listenText(line: ManifestListen): string {
  const { protocol, ports, scope } = line;
  return `{ protocol: ${protocol}, port: ${portsText(ports)}, scope: ${scope}${noteText(line)} }`;
}

/** A line of `connects` as a person would write it, without its dash. */
export function connectText(line: ManifestConnect): string {
  const { protocol, ports, peers } = line;
  return `{ protocol: ${protocol}, port: ${portsText(ports)}, peers: [${peers.map(quotedText).join(", ")}]${noteText(line)} }`;
}

function noteText({ feature, reason, required }: ManifestNote): string {
  return [
    feature === undefined ? "" : `, feature: ${quotedText(feature)}`,
    reason === undefined ? "" : `, reason: ${quotedText(reason)}`,
    required === undefined ? "" : `, required: ${required}`,
  ].join("");
}

/** `text` bare where YAML 1.2 reads it back as the same text, else in quotes. */
export function scalarText(text: string): string {
  const bare = /^[a-z][\w.+-]*$/i.test(text) && !/^(true|false|null)$/i.test(text);
  return bare ? text : quotedText(text);
}

/** What may not stand in a file as it is: control, format (bidirectional) and unassigned characters, line separators. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** `text` as a double-quoted scalar (YAML 1.2, sections 5.7 and 7.3.1): JSON's form, with what nobody can see escaped too. */
function quotedText(text: string): string {
  return JSON.stringify(text).replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
