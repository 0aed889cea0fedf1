import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { Outcome } from "./test-outcome.ts";

/** Writes what vitest found as an `Outcome` into the file that PORTOLAN_TEST_OUTCOME names. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const outcome: Outcome = {
      passed: 0,
      failures: unhandled.map((error) => `unhandled: ${error.message}`),
      skips: [],
    };
    for (const module of modules) addModule(outcome, module);
    const file = process.env.PORTOLAN_TEST_OUTCOME;
    if (file === undefined) throw new Error("PORTOLAN_TEST_OUTCOME names no file");
    writeFileSync(file, JSON.stringify(outcome));
  }
}

function addModule(outcome: Outcome, module: TestModule): void {
  for (const error of module.errors()) outcome.failures.push(`${module.relativeModuleId}: ${error.message}`);
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) outcome.failures.push(`${suite.fullName}: ${error.message}`);
  }
  for (const test of module.children.allTests()) {
    const name = `${module.relativeModuleId}: ${test.fullName}`;
    const result = test.result();
    if (result.state === "passed") outcome.passed++;
    else if (result.state === "skipped") outcome.skips.push({ name, ...(result.note && { reason: result.note }) });
    else outcome.failures.push(`${name}: ${result.state}`);
  }
}
