import type { Capture, Collector, EventSink } from "../../model/interfaces.ts";
import type { Script, Step } from "./script.ts";

/** A collector on a made-up world, and the means to let that world go on. */
export type ScriptedCollector = Collector & {
  /** Lets a capture pass the wait of this name, now or when it comes to it. */
  pass(wait: string): void;
  /** Resolves when a capture has come to the wait of this name. */
  reached(wait: string): Promise<void>;
};

/** A collector that shows what `script` says, in its order, without a clock: tests decide when the world goes on. */
export function createScriptedCollector(script: Script): ScriptedCollector {
  const snapshots = [...(script.snapshots ?? [])];
  const passed = createGates();
  const reached = createGates();
  return {
    name: "scripted",
    fromStart: true,
    async snapshot() {
      const snapshot = snapshots.length > 1 ? snapshots.shift() : snapshots[0];
      if (snapshot === undefined) throw new Error("the script has no snapshot");
      return snapshot;
    },
    async capture(_scope, sink) {
      return startCapture(script, sink, passed, reached);
    },
    pass: (wait) => passed.open(wait),
    reached: (wait) => reached.wait(wait),
  };
}

function startCapture(script: Script, sink: EventSink, passed: Gates, reached: Gates): Capture {
  let open = true;
  const play = async () => {
    for (const step of script.steps ?? []) {
      if (!open) return;
      await playStep(step, sink, passed, reached);
    }
  };
  const played = play();
  // Whoever flushes or closes hears of a failure; until then it is no unhandled one.
  played.catch(() => {});
  return {
    collector: "scripted",
    degradations: [...(script.degradations ?? [])],
    // What was reported is delivered already; a world that waits has nothing more to report.
    flush: () => Promise.race([played, reached.latest()]),
    async close() {
      await Promise.race([played, reached.latest()]);
      open = false;
    },
  };
}

async function playStep(step: Step, sink: EventSink, passed: Gates, reached: Gates): Promise<void> {
  if ("events" in step) {
    sink(step.events);
    return;
  }
  reached.open(step.wait);
  await passed.wait(step.wait);
  reached.shut(step.wait);
}

/** Named points that somebody opens and somebody waits for. */
type Gates = {
  open(name: string): void;
  shut(name: string): void;
  wait(name: string): Promise<void>;
  /** Resolves as soon as any gate is open. */
  latest(): Promise<void>;
};

function createGates(): Gates {
  const opened = new Set<string>();
  const waiting: { name: string | undefined; resolve: () => void }[] = [];
  const until = (name: string | undefined, isOpen: boolean) =>
    isOpen ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push({ name, resolve }));
  return {
    open(name) {
      opened.add(name);
      for (const waiter of waiting.splice(0)) {
        if (waiter.name === undefined || waiter.name === name) waiter.resolve();
        else waiting.push(waiter);
      }
    },
    shut: (name) => void opened.delete(name),
    wait: (name) => until(name, opened.has(name)),
    latest: () => until(undefined, opened.size > 0),
  };
}
