import { isMissing, type Verification, type VerifiedLine } from "../../model/verification.ts";
import { brokenText, lineText } from "./words.ts";

/**
 * The verification as a test report in the form that JUnit's Ant task made common: a test case for each line of the
 * manifest, and one for each use that is not stated.
 */
export function junitText(verification: Verification): string {
  const { application, lines, broken, commandFailed, startedAt, endedAt } = verification;
  const cases = [
    testCase("the command", application, commandFailed ? failure("the command failed") : ""),
    ...lines.map((line) => testCase(lineText(line), application, outcome(line))),
    ...broken.map((use) => testCase(brokenText(use), application, failure("this is not stated"))),
  ];
  const failures = cases.filter((text) => text.includes("<failure")).length;
  const skipped = cases.filter((text) => text.includes("<skipped")).length;
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  const suite = `name="${escaped(`portolan verify ${application}`)}" ${counts}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite ${suite} timestamp="${startedAt.slice(0, 19)}" time="${seconds}">
${cases.join("")}  </testsuite>
</testsuites>
`;
}

function testCase(name: string, application: string, inside: string): string {
  const head = `    <testcase classname="${escaped(application)}" name="${escaped(name)}"`;
  return inside === "" ? `${head}/>\n` : `${head}>${inside}</testcase>\n`;
}

/** What was not seen proves nothing: it counts as skipped, unless it is required. */
function outcome(line: VerifiedLine): string {
  if (isMissing(line)) return failure("it is required and was not seen");
  if (line.answer === "not-seen") return '<skipped message="not seen"/>';
  if (line.answer === "unknown") return '<skipped message="not seen, but it may have been missed"/>';
  return "";
}

function failure(message: string): string {
  return `<failure message="${escaped(message)}"/>`;
}

/** Text of an attribute: what XML 1.0 (section 2.2) allows nowhere becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
