import type { Verification } from "../../model/verification.ts";
import { RULES, remarksOn } from "./words.ts";

/** The remarks as a log of SARIF 2.1.0 (OASIS), which code hosts show beside the manifest's lines. */
export function sarifText(verification: Verification, version: string): string {
  const ids = Object.keys(RULES);
  const results = remarksOn(verification).map(({ rule, level, text, line }) => ({
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(verification.manifest) },
          // What no line states is about the manifest as a whole.
          region: { startLine: line ?? 1 },
        },
      },
    ],
  }));
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Portolan", version, rules } },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: verification.startedAt,
            endTimeUtc: verification.endedAt,
            ...(verification.exitStatus !== undefined && { exitCode: verification.exitStatus }),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
