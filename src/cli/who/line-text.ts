import type { WhoLine, WhoLineAnswer, WhoLineCounts } from "../../model/documents/who-line.ts";
import { endpointText } from "../../model/endpoint.ts";
import { type ReportOptions, styled, wrapped } from "../run/report-style.ts";
import { bytesText, counted, errorText } from "../run/report-words.ts";
import { localTime, timeSpan } from "../time-text.ts";
import { processText } from "./process-text.ts";

const BELOW = "      ";
/** Gaps that are named for one line. */
const GAPS = 3;

/** A line about a packet for people: the packet, whose it was, and how that is known. Ends with a line feed. */
export function lineText(line: WhoLine, options: ReportOptions): string {
  const { packet, answers } = line;
  if (packet === undefined) return "";
  const { sanitise, width } = options;
  const at = packet.from === undefined ? `line ${line.line}` : localTime(packet.from);
  const label = packet.label === undefined ? "" : ` (${sanitise(packet.label)})`;
  const ends = `${endText(packet.source)} to ${endText(packet.destination)}`;
  const lines = wrapped(`${at}  ${sanitise(packet.protocol)} ${ends}${label}`, width, "", BELOW);
  for (const answer of answers) {
    lines.push(
      ...wrapped(answerText(answer, sanitise), width, BELOW, `${BELOW}  `).map((each) => styled(each, "bold", options)),
    );
    for (const text of detailTexts(answer, sanitise)) {
      lines.push(...wrapped(text, width, `${BELOW}  `, `${BELOW}    `).map((each) => styled(each, "dim", options)));
    }
  }
  if (line.reason !== undefined) {
    lines.push(
      ...wrapped(reasonText(line, sanitise), width, BELOW, `${BELOW}  `).map((each) => styled(each, "yellow", options)),
    );
  }
  return `${lines.join("\n")}\n`;
}

function endText({ address, port }: { address: string; port?: number }): string {
  return port === undefined ? address : endpointText({ address, port });
}

/** What the application had to do with the packet. */
function answerText(answer: WhoLineAnswer, sanitise: (text: string) => string): string {
  const { known, direction, protocol, port, peer, error, wholeHours } = answer;
  const application = sanitise(answer.application);
  const service = `${protocol} ${port}`;
  if (known === "listener") {
    const when = wholeHours ? " in that hour" : "";
    return `${application} held ${service} open${when}; no connection of this packet is recorded`;
  }
  const towards = direction === "outbound";
  if (known === "use") {
    const what = towards
      ? `used ${service} of ${peer ?? "an unknown peer"}`
      : `was used on ${service} by ${peer ?? "somebody"}`;
    return `${application} ${what} ${wholeHours ? "in that hour" : "then, by another connection"}`;
  }
  if (error !== undefined) return `${application} tried to reach it: ${errorText(error)}`;
  if (protocol === "udp") return `${application} ${towards ? "began to send" : "was sent to, and took it"}`;
  return `${application} ${towards ? "opened the connection" : "took the connection"}`;
}

function detailTexts(answer: WhoLineAnswer, sanitise: (text: string) => string): string[] {
  const { known, names, firstSeen, lastSeen, bytesIn, bytesOut } = answer;
  const texts: string[] = [];
  if (names !== undefined) texts.push(`as ${names.map(sanitise).join(", ")}`);
  const by = processText(answer.processes, sanitise);
  if (by !== undefined) texts.push(by);
  const span = lastSeen === undefined ? `since ${localTime(firstSeen)}` : timeSpan(firstSeen, lastSeen);
  const carried = [
    ...(bytesIn === undefined ? [] : [`${bytesText(bytesIn)} received`]),
    ...(bytesOut === undefined ? [] : [`${bytesText(bytesOut)} sent`]),
  ];
  texts.push([span, ...(known === "flow" ? carried : [])].join(", "));
  return texts;
}

const REASONS: Record<NonNullable<WhoLine["reason"]>, string> = {
  "no-log-line": "none of a firewall",
  "no-ports": "it has no ports: only TCP and UDP are recorded",
  "not-this-machine": "neither end is an address of this machine, as far as the record knows",
  "not-seen": "nobody: no application used or held this port then, as far as is known",
  gap: "undecided: something may have been missed",
  "before-record": "undecided: the record begins later",
  "after-record": "undecided: the record does not reach so far yet",
  "no-time": "undecided: it cannot be told when that was",
};

function reasonText({ reason, gaps }: WhoLine, sanitise: (text: string) => string): string {
  if (reason === undefined) return "";
  const named = gaps.slice(0, GAPS).map((gap) => `${sanitise(gap.reason)}, ${timeSpan(gap.from, gap.until)}`);
  const more = gaps.length > GAPS ? [`and ${gaps.length - GAPS} more`] : [];
  return gaps.length === 0 ? REASONS[reason] : `${REASONS[reason]} (${[...named, ...more].join("; ")})`;
}

/** What became of all lines; empty where there was one alone. */
export function countsText(
  { lines, packets, answered, undecided }: WhoLineCounts,
  firstOther: number | undefined,
  width: number | undefined,
): string {
  if (lines <= 1) return "";
  const nobody = packets - answered - undecided;
  const parts = [
    `${counted(answered, "answer")} for ${counted(packets, "packet")}`,
    ...(nobody === 0 ? [] : [`${counted(nobody, "packet")} of nobody`]),
    ...(undecided === 0 ? [] : [`${counted(undecided, "packet")} undecided`]),
  ];
  const others = lines - packets;
  const first = others === 1 ? `: line ${firstOther}` : `, the first of them line ${firstOther}`;
  const rest =
    others === 0 ? "" : ` ${counted(others, "other line is", "other lines are")} none of a firewall${first}.`;
  return `\n${wrapped(`${parts.join(", ")}.${rest}`, width).join("\n")}\n`;
}
