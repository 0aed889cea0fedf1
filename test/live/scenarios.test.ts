import { expect, it } from "vitest";
import { OWN } from "../judge/adapters.ts";
import { judge, resultOf } from "../judge/judge.ts";
import { listScenarios } from "../judge/scenario.ts";
import { checkText } from "../judge/text.ts";

const reason = OWN.map((adapter) => adapter.lack()).find((lack) => lack !== undefined);

// What `npm run scenarios` does: Portolan before each of test/scenarios, once.
it.for(listScenarios())("$name: $text", async (scenario, { skip }) => {
  skip(reason !== undefined, reason);
  const { scores } = await judge(scenario, OWN, 1);
  const asked = scores.filter((score) => resultOf(score) !== "not applicable");
  const [first] = scores.flatMap((score) => score.trials);
  skip(asked.length === 0, first?.reason);
  const faults = asked.flatMap(({ observer, trials }) =>
    trials.flatMap((trial) => [
      ...(trial.result === "error" ? [`${observer}: ${trial.reason}`] : []),
      ...trial.wrong.map((check) => `${observer}: ${checkText(check)}`),
    ]),
  );
  expect(faults).toEqual([]);
});
