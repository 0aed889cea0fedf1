import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendants } from "../live/machine.ts";
import { startActor } from "./actor.ts";
import type { Adapter, Ended, Watch } from "./adapter.ts";
import { compare } from "./compare.ts";
import { commandOf } from "./program.ts";
import type { Scenario } from "./scenario.ts";
import type { OpenRow, Truth } from "./truth.ts";
import { errorVerdict, notApplicable, type Verdict, verdictOf } from "./verdict.ts";

/** What one play told of each of its observers. */
export type Played = Map<Adapter, Verdict>;

/** An observer at work; what goes wrong with it concerns no other. */
class Observation {
  readonly adapter: Adapter;
  #watch: Watch | undefined;
  failure: Verdict | undefined;

  constructor(adapter: Adapter) {
    this.adapter = adapter;
  }

  open(folder: string): Promise<void> {
    return this.#attempt(async () => {
      mkdirSync(folder);
      this.#watch = await this.adapter.watch({ folder });
    });
  }

  wrap(command: string[]): string[] {
    return this.#watch?.wrap?.(command) ?? command;
  }

  start = (): Promise<void> => this.#attempt(async (watch) => watch?.start?.());
  hold = (): Promise<void> => this.#attempt(async (watch) => watch?.hold?.());

  async verdict(ended: Ended): Promise<Verdict> {
    let verdict: Verdict | undefined;
    await this.#attempt(async (watch) => {
      if (watch === undefined) throw new Error("it never started");
      const seen = await watch.seen(ended);
      verdict = verdictOf(compare(ended.truth, seen, this.adapter.knows), this.adapter.about);
    });
    return verdict ?? this.failure ?? errorVerdict("it said nothing");
  }

  close = (): Promise<void> => this.#attempt(async (watch) => watch?.close?.());

  async #attempt(step: (watch: Watch | undefined) => Promise<void>): Promise<void> {
    if (this.failure !== undefined && this.#watch === undefined) return;
    try {
      await step(this.#watch);
    } catch (error) {
      this.failure ??= errorVerdict(error);
    }
  }
}

/**
 * Plays `scenario` once before all of `adapters`, at most one of which wraps its command line. Everything that it
 * started has ended when this returns.
 */
export async function play(scenario: Scenario, adapters: readonly Adapter[]): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "portolan-scenario-"));
  // A scenario may go on as another user.
  chmodSync(folder, 0o755);
  const observations = adapters.map((adapter) => new Observation(adapter));
  const all = (verdict: (one: Observation) => Verdict): Played =>
    new Map(observations.map((one) => [one.adapter, verdict(one)]));
  try {
    const outcome = await perform(scenario, observations, folder);
    if ("reason" in outcome) return all(() => notApplicable(outcome.reason));
    const verdicts: Played = new Map();
    for (const one of observations) verdicts.set(one.adapter, await one.verdict(outcome));
    return verdicts;
  } catch (error) {
    return all(({ failure }) => failure ?? errorVerdict(error));
  } finally {
    for (const one of observations) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function perform(
  scenario: Scenario,
  observations: Observation[],
  folder: string,
): Promise<Ended | { reason: string }> {
  const directory = join(folder, "directory");
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  let command = [...(await commandOf(scenario, folder)), directory];
  for (const [index, one] of observations.entries()) {
    await one.open(join(folder, `observer-${index}`));
    command = one.wrap(command);
  }
  if (!scenario.late) for (const one of observations) await one.start();
  const startedAt = Date.now();
  const actor = startActor(command, directory);
  let open: OpenRow[] | undefined;
  const pids = new Set([actor.pid]);
  try {
    for (let isReady = false; ; ) {
      const message = await actor.next();
      if (message.type === "not-applicable") {
        await actor.ended();
        return { reason: message.reason };
      }
      if (message.type === "ready") {
        if (isReady) throw new Error("the scenario was ready twice");
        isReady = true;
        if (scenario.late) for (const one of observations) await one.start();
        actor.go();
      } else if (message.type === "hold") {
        if (!isReady || open !== undefined) throw new Error("the scenario must be ready once, then hold once");
        open = message.open;
        for (const pid of descendants(actor.pid)) pids.add(pid);
        for (const one of observations) await one.hold();
        actor.go();
      } else {
        if (open === undefined) throw new Error("the scenario did not hold");
        await actor.ended();
        const { type: _, ...rest } = message;
        const truth: Truth = { ...rest, open };
        for (const { pid } of truth.processes) pids.add(pid);
        for (const row of [...truth.listens, ...truth.connects, ...truth.failedBinds]) {
          for (const pid of row.pids ?? []) pids.add(pid);
        }
        return { pid: actor.pid, pids, truth, startedAt };
      }
    }
  } finally {
    await actor.kill();
  }
}
