import { Problem } from "../model/problem.ts";
import { type Running, runningObservations, sendMark } from "./marks/send.ts";

export type { Running } from "./marks/send.ts";

export type MarkRequest = { feature: string; to?: number; environment: NodeJS.ProcessEnv };

/**
 * Names the function of the application that is exercised from now on, in the one observation that goes on, or in that of
 * process `to`. Answers where.
 * @throws Problem `nothing-to-mark` or `several-running`.
 */
export async function mark({ feature, to, environment }: MarkRequest): Promise<Running> {
  const running = await runningObservations(environment);
  const [chosen, ...others] = to === undefined ? running : running.filter(({ pid }) => pid === to);
  if (chosen === undefined) throw nothing(to, running);
  if (others.length > 0) throw several(feature, running);
  await sendMark(environment, chosen, feature);
  return chosen;
}

function nothing(to: number | undefined, running: readonly Running[]): Problem {
  if (to !== undefined && running.length > 0) {
    return new Problem("nothing-to-mark", `process ${to} is no run or record that takes marks`, {
      why: `Running: ${listed(running)}.`,
      next: `./portolan mark --to ${running[0]?.pid} TEXT`,
    });
  }
  return new Problem("nothing-to-mark", "there is nothing to mark: no run or record is going on", {
    why: "Only those of this user are looked for.",
    next: "./portolan run -- COMMAND",
  });
}

function several(feature: string, running: readonly Running[]): Problem {
  return new Problem("several-running", `several observations are going on: ${listed(running)}`, {
    why: "A mark belongs to one of them.",
    next: `./portolan mark --to ${running[0]?.pid} "${feature}"`,
  });
}

function listed(running: readonly Running[]): string {
  return running.map(({ pid, verb, application }) => `${pid} (${verb} ${application})`).join(", ");
}
