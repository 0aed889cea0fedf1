import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine } from "../../bench/machine.ts";
import { OWN, PEERS } from "./adapters.ts";
import { holds, judge, type Row, resultOf } from "./judge.ts";
import { page } from "./page.ts";
import { listScenarios } from "./scenario.ts";
import { headingLine, rowLines } from "./text.ts";

// `npm run scenarios`: Portolan before every scenario, once each. `npm run scoreboard`: several trials, and the peers.

const HELP = `Holds Portolan to the truth of the programs in test/scenarios.

Usage: npm run scenarios [-- OPTION… NAME…]
       npm run scoreboard [-- OPTION… NAME…]

  NAME          these scenarios alone
  --trials N    each scenario N times (1; for the scoreboard 3)
  --peers       also ss, lsof, netstat, bpftrace, strace, conntrack, nethogs
  --json        one JSON document on stdout instead of the table
  --save FILE   also a page of the results
  --only NAME   this observer alone ("portolan run"); may be repeated
  --help        this text

Exit status: 0 where Portolan passes all that apply, else 1.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: "string", default: "1" },
    peers: { type: "boolean" },
    json: { type: "boolean" },
    save: { type: "string" },
    only: { type: "string", multiple: true },
    help: { type: "boolean" },
  },
});
if (values.help) process.stdout.write(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  const trials = Number(values.trials);
  if (!Number.isInteger(trials) || trials < 1) throw new Error(`--trials ${values.trials} is no number of trials`);
  const scenarios = listScenarios(positionals);
  const all = values.peers ? [...OWN, ...PEERS] : OWN;
  const adapters = values.only === undefined ? all : all.filter(({ name }) => values.only?.includes(name));
  if (adapters.length === 0) throw new Error(`the observers are ${all.map(({ name }) => name).join(", ")}`);
  const names = adapters.map(({ name }) => name);
  const say = (line: string) => {
    if (!values.json) console.log(line);
  };
  say(headingLine(names));
  const began = performance.now();
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    const row = await judge(scenario, adapters, trials);
    rows.push(row);
    for (const line of rowLines(row, names)) say(line);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  const passed = rows.filter((row) => holds([row])).length;
  say(`\nPortolan holds ${passed} of ${rows.length} scenarios; ${seconds} s`);
  if (values.json) process.stdout.write(`${JSON.stringify(document(rows), null, 2)}\n`);
  if (values.save !== undefined) {
    const contestants = adapters.map((adapter) => {
      const lack = adapter.lack();
      return { name: adapter.name, about: adapter.about, lack, version: lack === undefined ? adapter.version() : "" };
    });
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(values.save, page({ rows, contestants, trials, date, machine: await describeMachine() }));
  }
  return holds(rows) ? 0 : 1;
}

function document(rows: readonly Row[]) {
  return rows.map(({ scenario, scores }) => ({
    scenario: scenario.name,
    text: scenario.text,
    scores: scores.map((score) => ({ ...score, result: resultOf(score) })),
  }));
}
