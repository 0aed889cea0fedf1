import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages } from "./packages.ts";
import { endCommands, root, run } from "./test-command.ts";
import { failed, type Outcome, PASSED, total } from "./test-outcome.ts";

// The whole test suite, as `npm test` runs it: the static checks, the build and vitest. The last line of stdout is
// `N passed, N failed, N skipped`; the static checks count as tests as well.

type Check = { name: string; command: string; args: string[]; seconds: number };

const node = process.execPath;

const checks: Check[] = [
  { name: "lint", command: "biome", args: ["check", "."], seconds: 60 },
  { name: "types", command: "tsc", args: ["--noEmit"], seconds: 120 },
  { name: "unused code", command: "knip", args: [], seconds: 120 },
  { name: "generated files", command: node, args: ["scripts/generate.ts", "--check"], seconds: 60 },
  { name: "BPF objects", command: node, args: ["scripts/bpf.ts", "--check"], seconds: 120 },
  { name: "build", command: node, args: ["scripts/build.ts"], seconds: 60 },
];

async function check({ name, command, args, seconds }: Check): Promise<Outcome> {
  console.log(`\n== ${name}`);
  const problem = await run(command, args, seconds);
  return problem === undefined ? PASSED : failed(`${name}: ${problem}`);
}

/** Everything under test/, with its own time limit below that of the whole. */
async function vitest(): Promise<Outcome> {
  console.log("\n== tests");
  const folder = mkdtempSync(join(tmpdir(), "portolan-test-"));
  const file = join(folder, "outcome.json");
  try {
    const args = ["run", "--reporter=default", "--reporter=./scripts/test-reporter.ts"];
    const problem = await run("vitest", args, 20 * 60, { PORTOLAN_TEST_OUTCOME: file });
    if (!existsSync(file)) return failed(`vitest: ${problem ?? "told nothing"}`);
    const outcome = JSON.parse(readFileSync(file, "utf8")) as Outcome;
    if (problem !== undefined && outcome.failures.length === 0) outcome.failures.push(`vitest: ${problem}`);
    return outcome;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    endCommands();
    process.exit(1);
  });
}

process.chdir(root);
const outcomes: Outcome[] = [await installPackages()];
for (const each of checks) outcomes.push(await check(each));
outcomes.push(await vitest());

const { passed, failures, skips } = total(outcomes);
console.log("");
for (const { name, reason } of skips) console.log(`skipped: ${name}: ${reason}`);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failures.length} failed, ${skips.length} skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;
