import type { Verification } from "../../model/verification.ts";
import { remarksOn } from "./words.ts";

/**
 * Annotations of a GitHub workflow: one command a line (GitHub, "Workflow commands for GitHub Actions"). What is text
 * there has `%`, carriage return and line feed escaped, a property also `:` and `,`.
 */
export function githubText(verification: Verification): string {
  return remarksOn(verification)
    .map(({ rule, level, text, line }) => {
      const command = level === "note" ? "notice" : level;
      const place = line === undefined ? "" : `,line=${line}`;
      return `::${command} file=${property(verification.manifest)}${place},title=${property(rule)}::${data(text)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
