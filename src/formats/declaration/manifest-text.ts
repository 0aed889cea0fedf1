import type { Declaration } from "../../model/declaration.ts";
import { SCHEMA } from "../manifest/parse.ts";
import { connectText, listenText, scalarText } from "../manifest/write.ts";

/**
 * The manifest that `declarations`, all of one application, state together. Each line carries its source as a comment;
 * what several sources state alike is one line with all of them.
 */
export function declaredManifest(application: string, declarations: readonly Declaration[]): string {
  const listens = withSources(
    declarations.flatMap((one) => one.listens.map((line) => [listenText(line), line.source])),
  );
  const connects = withSources(
    declarations.flatMap((one) => one.connects.map((line) => [connectText(line), line.source])),
  );
  return [
    "# What the author states, by the file and line behind each. A line may also say: feature, reason, required.",
    `schema: ${SCHEMA}`,
    `application: ${scalarText(application)}`,
    ...section("listens", listens),
    ...section("connects", connects),
    "",
  ].join("\n");
}

function section(key: string, lines: string[]): string[] {
  return lines.length === 0 ? [`${key}: []`] : [`${key}:`, ...lines];
}

function withSources(lines: string[][]): string[] {
  const sources = new Map<string, Set<string>>();
  for (const [text = "", source = ""] of lines) {
    const known = sources.get(text) ?? new Set();
    sources.set(text, known.add(source));
  }
  return [...sources].map(([text, from]) => `  - ${text} # ${[...from].map(commentText).join(", ")}`);
}

/** A path may hold anything; a comment ends with its line. */
function commentText(source: string): string {
  return source.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}
