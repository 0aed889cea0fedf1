import { lineText, type Remark, remarksOn } from "../../app/verification.ts";
import type { Verification } from "../../model/verification.ts";
import { type ReportOptions, styled, wrapped } from "../run/report-style.ts";
import { counted, durationText } from "../run/report-words.ts";

/** The verification for people: the answer, what it rests on, then each line of the manifest with what was seen of it. */
export function verificationText(verification: Verification, options: ReportOptions): string {
  const remarks = remarksOn(verification);
  const errors = remarks.filter(({ level }) => level === "error");
  const blocks = [
    wrapped(answerText(verification, options), options.width).map((line) => styled(line, "bold", options)),
    errors.flatMap((remark) => remarkLines(remark, options)),
    lineTable(verification, options),
    [coverageText(verification)],
    nextLines(verification),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function answerText(
  { answer, application, lines, broken, commandFailed, exitStatus }: Verification,
  { sanitise }: ReportOptions,
): string {
  const name = sanitise(application);
  if (answer === "broken") {
    if (broken.length === 0 && commandFailed) return `${name} failed (exit status ${exitStatus}).`;
    if (broken.length === 0) return `${name} does not do what its manifest demands.`;
    return `${name} does not keep to its manifest: ${counted(broken.length, "use is", "uses are")} not stated.`;
  }
  if (answer === "unknown") return `Whether ${name} keeps to its manifest is unknown: something may have been missed.`;
  const wider = lines.filter((line) => line.answer === "wider").length;
  const more = wider === 0 ? "" : `, which ${wider === 1 ? "in one line" : `in ${wider} lines`} is wider than needed`;
  return `${name} keeps to its manifest${more}.`;
}

function remarkLines({ text, line }: Remark, options: ReportOptions): string[] {
  const place = line === undefined ? "" : `line ${line}: `;
  return wrapped(options.sanitise(`${place}${text}`), options.width, "  ", "    ").map((one) =>
    styled(one, "yellow", options),
  );
}

const WORDS = { kept: "kept", "not-seen": "not seen", wider: "wider", unknown: "unknown" } as const;

/** A line a line: the answer, then the manifest's own words, then what was not needed of them. */
function lineTable({ lines }: Verification, options: ReportOptions): string[] {
  if (lines.length === 0) return ["The manifest states no port."];
  const rows = lines.flatMap((line) => {
    const feature = line.feature === undefined ? "" : ` [${line.feature}]`;
    const required = line.required === true ? ", required" : "";
    const text = options.sanitise(`${lineText(line)}${feature}${required}`);
    const place = line.line === undefined ? "" : String(line.line);
    const unused = line.unused === undefined ? [] : [`not needed: ${options.sanitise(line.unused.join(", "))}`];
    return [
      `${WORDS[line.answer].padEnd(8)}  ${place.padStart(4)}  ${text}`,
      ...unused.flatMap((one) => wrapped(one, options.width, " ".repeat(18), " ".repeat(20))),
    ];
  });
  return [styled("ANSWER    LINE  STATED", "bold", options), ...rows];
}

function coverageText({ coverage, exitStatus, gaps }: Verification): string {
  const watched = `Watched ${counted(coverage.processes, "process", "processes")} for ${durationText(coverage.durationSeconds)}`;
  const from = coverage.seenFromStart ? "from the first instruction" : "from the moment Portolan joined";
  const lost = gaps.length === 0 ? "nothing lost" : counted(gaps.length, "gap");
  const status = exitStatus === undefined ? "" : ` Exit status ${exitStatus}.`;
  return `${watched}, ${from}, ${lost}.${status}`;
}

function nextLines({ broken, manifest, command }: Verification): string[] {
  if (broken.length === 0) return [];
  return [`State what is meant to be:  ./portolan run --save ${manifest} -- ${command?.[0] ?? "COMMAND"} …`];
}
