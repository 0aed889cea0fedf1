import type { LogLevel } from "../../formats/config/settings.ts";
import { type ServiceManager, serviceManager } from "../../service/notify/manager.ts";
import { receiveMarks } from "../marks/receive.ts";
import { type Interruptions, interruptions } from "../run/ending.ts";
import type { Tell } from "./notice.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { withOptions } from "./settings.ts";
import { readSettings } from "./settings-file.ts";

export type RecordRequest = {
  /** Settings that the command line states, by their names. */
  options: { [name: string]: string };
  /** Another file of settings than the machine's. */
  config?: string;
  forMilliseconds?: number;
  /** Portolan's own. */
  version: string;
  environment: NodeJS.ProcessEnv;
  /** Makes what takes notices of that level and worse. */
  teller: (level: LogLevel) => Tell;
  /** Called when whatever happens from then on is recorded, with the record's file. */
  ready: (path: string) => void;
};

/** How often what came together is written, in milliseconds. */
const BATCH = 1000;

/**
 * Records which application uses which port, until it is asked to end (Ctrl+C, SIGTERM, SIGHUP) or the time is over.
 * @throws Problem `bad-config`, `bad-value`, and what collectors and the store throw.
 */
export async function record(request: RecordRequest): Promise<void> {
  const settings = withOptions(readSettings(request.config), request.options);
  const tell = request.teller(settings.logLevel ?? "info");
  const signals = interruptions();
  const manager = serviceManager(request.environment, process.pid);
  const { version } = request;
  try {
    tell({ event: "started", level: "info", text: `portolan ${version} starts to record`, fields: { version } });
    const recorder = await startRecorder(settings, version, tell);
    const { path, collector } = recorder;
    for (const { what, remedy } of recorder.degradations) {
      const text = remedy === undefined ? what : `${what} (type: ${remedy})`;
      tell({ event: "degraded", level: "warn", text, fields: { what, ...(remedy !== undefined && { remedy }) } });
    }
    request.ready(path);
    tell({ event: "ready", level: "info", text: `recording to ${path}`, fields: { path, collector } });
    manager.ready(`recording to ${path}`);
    const about = { verb: "record", application: path };
    const marks = await receiveMarks(request.environment, about, recorder.mark);
    try {
      await run(recorder, signals, manager, request.forMilliseconds);
    } finally {
      marks?.close();
    }
    manager.stopping();
    const counts = await recorder.stop();
    tell({
      event: "stopped",
      level: "info",
      text: `recorded ${counts.flows} flows to ${path}`,
      fields: { path, ...counts },
    });
  } finally {
    signals.stop();
    manager.close();
  }
}

/** Writes a batch each second until the end. */
async function run(recorder: Recorder, signals: Interruptions, manager: ServiceManager, limit?: number): Promise<void> {
  const end = performance.now() + (limit ?? Number.POSITIVE_INFINITY);
  const pause = { cancel: () => {} };
  let over = false;
  let failure: Error | undefined;
  signals.onSignal(() => {
    over = true;
    pause.cancel();
  });
  void recorder.broken?.then((error) => {
    failure = error;
    pause.cancel();
  });
  recorder.onMuch(() => pause.cancel());
  const alive = lifeSigns(manager);
  try {
    for (;;) {
      const { elapsed, cancel } = signals.after(Math.max(0, Math.min(BATCH, end - performance.now())));
      pause.cancel = cancel;
      await elapsed;
      if (failure !== undefined) throw failure;
      if (over || performance.now() >= end) return;
      await recorder.tick();
    }
  } catch (error) {
    await recorder.abandon();
    throw error;
  } finally {
    alive.stop();
  }
}

/** Tells a manager that watches over us that we live, twice within the time that it allows. */
function lifeSigns({ watchdogMilliseconds, alive }: ServiceManager): { stop(): void } {
  if (watchdogMilliseconds === undefined) return { stop() {} };
  const timer = setInterval(alive, watchdogMilliseconds / 2);
  return { stop: () => clearInterval(timer) };
}
