import { isScalar, isSeq, type Node, parseDocument, visit } from "yaml";
import { parseDuration } from "../../model/duration.ts";
import { featureObjection } from "../../model/mark.ts";
import type { Settle, Step, Steps } from "../../model/steps.ts";
import { readFields, readItems, readText } from "../manifest/fields.ts";
import { Issues } from "../manifest/issues.ts";

const SCHEMA = "portolan.steps/1";
/** In characters. */
const LONGEST = 1 << 20;
const MOST_REPETITIONS = 1000;
const QUIET: Settle = { kind: "quiet", milliseconds: 2000 };
const TIMEOUT = 60_000;
const SETTLE = "quiet 2s, 5s or port 8080";

/**
 * The steps that `text` states. `file` is its name as messages show it.
 * @throws Problem `bad-steps` with every mistake at its `file:line:column`, and what was expected there.
 */
export function parseSteps(text: string, file: string): Steps {
  const issues = new Issues(file, "bad-steps");
  if (text.length > LONGEST) issues.add(0, `a file of steps is at most ${LONGEST} characters long`);
  issues.check();
  const document = parseDocument(text, { lineCounter: issues.lines, prettyErrors: false });
  for (const error of [...document.errors, ...document.warnings]) issues.add(error.pos[0], error.message);
  issues.check();
  visit(document, { Alias: (_, node) => issues.add(node, "steps hold no aliases: write the value out") });
  issues.check();
  const steps = readSteps(document.contents ?? undefined, issues);
  issues.check();
  if (steps === undefined) throw new Error("steps without issues can be read");
  return steps;
}

function readSteps(node: Node | undefined, issues: Issues): Steps | undefined {
  const fields = readFields(node, ["schema", "ready", "repeat", "features"], "a file of steps", issues);
  if (fields === undefined) return undefined;
  const { schema, ready, repeat, features } = fields.values;
  if (!isScalar(schema) || schema.value !== SCHEMA) {
    issues.add(schema ?? fields.node, `a file of steps begins with "schema: ${SCHEMA}"`);
  }
  const items = readItems(features, "features", issues);
  if (items.length === 0) issues.add(features ?? fields.node, "features must list at least one");
  const steps = items.flatMap((item) => readStep(item, issues) ?? []);
  const names = steps.map(({ feature }) => feature);
  names.forEach((name, i) => {
    if (names.indexOf(name) !== i) issues.add(items[i], `the feature ${JSON.stringify(name)} is listed twice`);
  });
  return { ready: readSettle(ready, "ready", issues) ?? QUIET, repeat: readRepeat(repeat, issues), features: steps };
}

function readStep(node: Node, issues: Issues): Step | undefined {
  const fields = readFields(node, ["feature", "command", "settle", "until", "timeout"], "a feature", issues);
  if (fields === undefined) return undefined;
  const { feature: name, command: words, settle, until, timeout } = fields.values;
  if (name === undefined) issues.add(fields.node, "a feature has a name: feature: NAME");
  if (words === undefined) issues.add(fields.node, "a feature has a command that exercises it: command: [PROGRAM, …]");
  const feature = readText(name, "feature", issues);
  const objection = feature === undefined ? undefined : featureObjection(feature);
  if (objection !== undefined) issues.add(name, `feature cannot have this name. ${objection}`);
  const command = readCommand(words, issues);
  const waits = [readSettle(until, "until", issues), readSettle(settle, "settle", issues) ?? QUIET];
  const limit = readTimeout(timeout, issues);
  if (feature === undefined || command === undefined) return undefined;
  return { feature, command, settle: waits.filter((wait) => wait !== undefined), timeout: limit };
}

function readCommand(node: Node | undefined, issues: Issues): string[] | undefined {
  if (node === undefined) return undefined;
  const words = isSeq(node)
    ? node.items.map((item) => (isScalar(item) && item.value !== null ? String(item.value) : undefined))
    : isScalar(node) && typeof node.value === "string"
      ? plainWords(node.value)
      : [];
  const known = words.filter((word) => word !== undefined);
  if (known.length > 0 && known.length === words.length && known[0] !== "") return known;
  issues.add(
    node,
    "command must be a list of words, or words without quotes and without what only a shell understands",
  );
  return undefined;
}

/** No shell reads them: where one would do more than split at blanks, there are none. */
function plainWords(text: string): string[] {
  return /["'`$|&;<>()\\*?~]/.test(text) ? [] : text.split(/\s+/).filter((word) => word !== "");
}

function readSettle(node: Node | undefined, key: string, issues: Issues): Settle | undefined {
  if (node === undefined) return undefined;
  const text = isScalar(node) ? String(node.value) : "";
  const [, port] = /^port (\d{1,5})$/.exec(text) ?? [];
  if (port !== undefined && Number(port) >= 1 && Number(port) <= 65_535) return { kind: "port", port: Number(port) };
  const [, quiet] = /^quiet (\S+)$/.exec(text) ?? [];
  const milliseconds = parseDuration(quiet ?? text);
  if (milliseconds !== undefined) return { kind: quiet === undefined ? "time" : "quiet", milliseconds };
  issues.add(node, `${key} must be ${SETTLE}`);
  return undefined;
}

function readTimeout(node: Node | undefined, issues: Issues): number {
  if (node === undefined) return TIMEOUT;
  const milliseconds = isScalar(node) ? parseDuration(String(node.value)) : undefined;
  if (milliseconds === undefined) issues.add(node, "timeout must be a length of time, such as 30s or 2m");
  return milliseconds ?? TIMEOUT;
}

function readRepeat(node: Node | undefined, issues: Issues): number {
  const value = node === undefined ? 1 : isScalar(node) ? node.value : undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MOST_REPETITIONS) return value;
  issues.add(node, `repeat must be a whole number from 1 to ${MOST_REPETITIONS}`);
  return 1;
}
