import type { Application } from "./application.ts";
import type { Interruptions } from "./ending.ts";
import { terminalSignalsBoth } from "./terminal.ts";

/** How long an application may take to end after SIGTERM, in milliseconds. */
const GRACE = 10_000;
const FROM_KEYS: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];

/**
 * Hands signals on to the application, unless the terminal has sent them to it already. Answers whether any came: then
 * somebody ended the application, and it did not fail. `stopping` is told before.
 */
export function passSignals(
  signals: Interruptions,
  application: Application,
  stopping: () => void,
): { came: () => boolean } {
  let came = false;
  signals.onSignal((signal) => {
    came = true;
    stopping();
    if (!(FROM_KEYS.includes(signal) && terminalSignalsBoth())) application.signal(signal);
  });
  return { came: () => came };
}

/** Ends the application after a time: SIGTERM, then SIGKILL. */
export function stopAfter(milliseconds: number, application: Application, stopping: () => void) {
  const end = performance.now() + milliseconds;
  let reached = false;
  let timer = setTimeout(() => {
    reached = true;
    stopping();
    application.signal("SIGTERM");
    timer = setTimeout(() => application.signal("SIGKILL"), GRACE);
  }, milliseconds);
  return {
    /** Whether the time was up before the application ended. */
    reached: () => reached,
    /** Milliseconds that are left. */
    left: () => Math.max(0, end - performance.now()),
    cancel: () => clearTimeout(timer),
  };
}
