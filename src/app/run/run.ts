import { withOffline } from "../../analyze/offline.ts";
import { enclose, isolate, selectCapture } from "../../collect/select.ts";
import { Problem } from "../../model/problem.ts";
import type { Process } from "../../model/process.ts";
import type { Profile } from "../../model/profile.ts";
import { type StepResult, type Steps, stepFailed } from "../../model/steps.ts";
import { start } from "./application.ts";
import { resolveCommand } from "./command.ts";
import { type Interruptions, interruptions } from "./ending.ts";
import { followLeftovers } from "./leftovers.ts";
import { marked } from "./marked.ts";
import { type Observation, observe } from "./observe.ts";
import { passSignals, stopAfter } from "./signals.ts";
import { readSteps, takeSteps } from "./steps.ts";

/** What `run` tells while it goes on. */
export type Listener = {
  /** The application ended, and these processes of it remain. */
  leftovers(processes: Process[], until: "interrupt" | "time" | "soon"): void;
  /** A step failed, or did not settle: for those who print no report. */
  stepFailed?(step: StepResult): void;
};

export type RunRequest = {
  command: string[];
  environment: NodeJS.ProcessEnv;
  /** End after so many milliseconds. */
  forMilliseconds?: number;
  collector?: string;
  /** The application's standard output goes to standard error. */
  outputToStderr: boolean;
  /** Without a network, and with or without a loopback interface. */
  offline?: { loopback: boolean };
  /** Exercise it as this file says, and end it then. */
  steps?: string;
  listener: Listener;
};

/** `interrupted`: somebody ended the observation, and what ended with it did not fail. */
export type RunAnswer = { profile: Profile; status: number; interrupted: boolean };

/**
 * Which ports does this command use? Starts it in a place of its own, follows it and what it leaves behind, and answers
 * the profile with the status that `run` ends with.
 * @throws Problem `command-not-found`, `command-not-executable`, and what the collectors throw.
 */
export async function run(request: RunRequest): Promise<RunAnswer> {
  const name = request.command[0] ?? "";
  const file = resolveCommand(name, request.environment.PATH);
  const steps = request.steps === undefined ? undefined : readSteps(request.steps);
  const selection = await selectCapture(request.collector);
  const isolation = request.offline && (await isolate(request.offline.loopback));
  const enclosure = selection.collector.fromStart ? await enclose() : undefined;
  if (steps && selection.collector.fromStart && !enclosure) throw noPlace();
  const signals = interruptions();
  try {
    const begin = () => {
      const spawn = () => start(file, request.command, request);
      return isolation ? isolation.starting(spawn) : spawn();
    };
    if (!selection.collector.fromStart) {
      const application = await begin();
      const observation = await observe(selection, { kind: "process", pid: application.pid });
      return await marked(observation, name, request.environment, () =>
        follow({ ...request, steps }, application, observation, signals, false),
      );
    }
    const observation = await observe(selection, enclosure?.scope ?? { kind: "children" });
    return await marked(observation, name, request.environment, async () => {
      const application = await (enclosure ? enclosure.starting(begin) : begin());
      return follow({ ...request, steps }, application, observation, signals, true);
    });
  } finally {
    signals.stop();
    enclosure?.release();
  }
}

/** Without a cgroup the commands of steps would be taken for the application's own processes. */
function noPlace(): Problem {
  return new Problem("not-available", "--steps cannot keep its commands apart from the application here", {
    why: "No cgroup can be made for the application.",
    next: "./portolan doctor",
  });
}

async function follow(
  request: Omit<RunRequest, "steps"> & { steps: Steps | undefined },
  application: Awaited<ReturnType<typeof start>>,
  observation: Observation,
  signals: Interruptions,
  seenFromStart: boolean,
): Promise<RunAnswer> {
  const passed = passSignals(signals, application, observation.shutdown);
  const limit =
    request.forMilliseconds === undefined
      ? undefined
      : stopAfter(request.forMilliseconds, application, observation.shutdown);
  const over = new AbortController();
  const ending = application.ended.then((ending) => {
    over.abort();
    return ending;
  });
  const results = request.steps && (await takeSteps(request.steps, observation, over.signal, request.environment));
  for (const step of results?.filter(stepFailed) ?? []) request.listener.stepFailed?.(step);
  const stepped = request.steps && !over.signal.aborted ? stopAfter(0, application, observation.shutdown) : undefined;
  const { status } = await ending;
  stepped?.cancel();
  if (limit?.reached() !== true) await followLeftovers(observation, signals, request.listener, limit?.left());
  limit?.cancel();
  const seen = await observation.finish({ command: request.command, exitStatus: status, seenFromStart });
  const byItself = limit?.reached() !== true && stepped === undefined;
  const known = results ? { ...seen, steps: results } : seen;
  const profile = request.offline ? withOffline(known, { ...request.offline, ended: byItself }) : known;
  return { profile, status: byItself ? status : 0, interrupted: passed.came() };
}
