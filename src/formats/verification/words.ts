import { endpointText } from "../../model/endpoint.ts";
import { type BrokenUse, isMissing, type Verification, type VerifiedLine } from "../../model/verification.ts";

/** Something that a person or a pipeline should look at. */
export type Remark = {
  rule: Rule;
  level: "error" | "warning" | "note";
  text: string;
  /** Line of the manifest, where it is about one. */
  line?: number;
};

/** Every kind of remark, and what it means. */
export const RULES = {
  "not-stated": "A port was used that the manifest does not state.",
  "required-not-seen": "A line that is required was not seen.",
  "command-failed": "The command itself failed.",
  unknown: "A line was not seen, and may have been missed.",
  "not-seen": "A line was not seen.",
  wider: "A line states more than was needed.",
} as const;

export type Rule = keyof typeof RULES;

/** What is to be said of a verification: what breaks it first, then what leaves it open, then what could be tightened. */
export function remarksOn(verification: Verification): Remark[] {
  const { lines, broken, exitStatus, commandFailed } = verification;
  const remarks: Remark[] = broken.map((use) => ({ rule: "not-stated", level: "error", text: brokenText(use) }));
  const missing = lines.filter(isMissing);
  remarks.push(...missing.map((line) => about(line, "required-not-seen", "error", "is required and was not seen")));
  if (commandFailed) {
    remarks.push({ rule: "command-failed", level: "error", text: `the command failed with exit status ${exitStatus}` });
  }
  for (const line of lines) {
    if (line.answer === "unknown")
      remarks.push(about(line, "unknown", "warning", "was not seen, but may have been missed"));
    else if (line.answer === "not-seen" && !isMissing(line))
      remarks.push(about(line, "not-seen", "note", "was not seen"));
    else if (line.unused) remarks.push(about(line, "wider", "note", `is wider than needed: ${line.unused.join(", ")}`));
  }
  return remarks;
}

/** A line of the manifest in a few words: `listen tcp 8384 (loopback)`, `connect tcp 443 to *.example.net`. */
export function lineText({ use, protocol, ports, scope, peers }: VerifiedLine): string {
  return use === "listen"
    ? `listen ${protocol} ${ports} (${scope})`
    : `connect ${protocol} ${ports} to ${peers?.join(", ")}`;
}

/** What was used and is not stated, as a sentence without its end. */
export function brokenText({
  use,
  protocol,
  address,
  port,
  exposure,
  remote,
  name,
  attempted,
  executables,
}: BrokenUse): string {
  const who = executables.length === 0 ? "" : ` by ${executables.join(", ")}`;
  if (use === "listen") {
    const reach = exposure === "loopback" ? "for this machine only" : "reachable from the network";
    return `listens on ${protocol} ${endpointText({ address: address ?? "", port })} (${reach})${who}, which is not stated`;
  }
  const where = remote === undefined ? String(port) : endpointText(remote);
  const whom = name === undefined ? where : `${name}:${port} (${where})`;
  return `${attempted ? "tried to connect" : "connects"} to ${protocol} ${whom}${who}, which is not stated`;
}

function about(line: VerifiedLine, rule: Rule, level: Remark["level"], what: string): Remark {
  const feature = line.feature === undefined ? "" : ` [${line.feature}]`;
  return {
    rule,
    level,
    text: `${lineText(line)}${feature} ${what}`,
    ...(line.line !== undefined && { line: line.line }),
  };
}
