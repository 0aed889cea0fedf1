import { existsSync } from "node:fs";
import { selectCapture, unitScope } from "../../collect/select.ts";
import type { Scope } from "../../model/interfaces.ts";
import { Problem } from "../../model/problem.ts";
import type { ProfileSoFar } from "../../model/profile.ts";
import { interruptions } from "./ending.ts";
import { marked } from "./marked.ts";
import { observe } from "./observe.ts";
import type { RunAnswer } from "./run.ts";

export type AttachRequest = {
  target: { pid: number } | { unit: string };
  forMilliseconds?: number;
  collector?: string;
  environment: NodeJS.ProcessEnv;
  /** Called once everything from then on is seen, with what is followed. */
  ready: (application: string, processes: number) => void;
  /** Called about twice a second with what is known so far. */
  progress?: (soFar: ProfileSoFar, seconds: number) => void;
};

const PROGRESS = 500;

/**
 * Which ports does this process or unit use, from now on? It is left alone: Ctrl+C, or the time, only ends the
 * observation, and so does its own end.
 * @throws Problem `no-such-process`, `no-such-unit`, and what the collectors throw.
 */
export async function attach(request: AttachRequest): Promise<RunAnswer> {
  const scope = await scopeOf(request.target);
  const selection = await selectCapture(request.collector);
  const signals = interruptions();
  try {
    const observation = await observe(selection, scope);
    const { target } = request;
    const name = "unit" in target ? target.unit : `process ${target.pid}`;
    return await marked(observation, name, request.environment, async () => {
      await observation.flush();
      const application = nameOf(request.target, observation.alive.processes);
      request.ready(application ?? "it", observation.alive.processes.length);
      const started = performance.now();
      let over = false;
      signals.onSignal(() => {
        over = true;
      });
      const end = started + (request.forMilliseconds ?? Number.POSITIVE_INFINITY);
      while (!over && performance.now() < end && !isGone(request.target)) {
        await signals.after(Math.min(PROGRESS, Math.max(1, end - performance.now()))).elapsed;
        request.progress?.(observation.soFar(), (performance.now() - started) / 1000);
      }
      return {
        profile: await observation.finish({ ...(application && { application }), seenFromStart: false }),
        status: 0,
        interrupted: over,
      };
    });
  } finally {
    signals.stop();
  }
}

async function scopeOf(target: AttachRequest["target"]): Promise<Scope> {
  if ("unit" in target) return unitScope(target.unit);
  if (isGone(target)) {
    throw new Problem("no-such-process", `there is no process ${target.pid}`, { next: "ps -e" });
  }
  return { kind: "process", pid: target.pid };
}

function isGone(target: AttachRequest["target"]): boolean {
  return "pid" in target && !existsSync(`/proc/${target.pid}`);
}

function nameOf(
  target: AttachRequest["target"],
  processes: readonly { pid: number; name: string; executable?: string }[],
) {
  if ("unit" in target) return target.unit.replace(/\.service$/, "");
  const process = processes.find((one) => one.pid === target.pid);
  return process?.executable?.split("/").at(-1) ?? process?.name;
}
