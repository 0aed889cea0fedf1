import type { Interruptions } from "../../app/run/ending.ts";
import type { Watch } from "../../app/watch/watch.ts";

/** Why a watch ends. */
export type Reason = "asked" | "time" | "process" | "abandoned" | "failed";

/** When a watch ends. */
export type Ending = {
  /** Resolves once, with the first reason. */
  readonly over: Promise<Reason>;
  end(reason: Reason): void;
};

/** Ends `watch` at a signal, after `milliseconds` where they are given, and with the processes that it is about. */
export function createEnding(watch: Watch, signals: Interruptions, milliseconds: number | undefined): Ending {
  const { promise: over, resolve: end } = Promise.withResolvers<Reason>();
  signals.onSignal(() => end("asked"));
  void watch.ended.then(() => end("process"));
  if (milliseconds !== undefined) {
    const time = signals.after(milliseconds);
    void time.elapsed.then(() => end("time"));
    void over.then(() => time.cancel());
  }
  return { over, end };
}
