/**
 * Why an observation ends before the application does: time is up, or somebody asks (Ctrl+C, SIGTERM, SIGHUP). Each may
 * be waited for many times. A signal that comes before anybody listens is kept for the first who does.
 */
export type Interruptions = {
  /** Calls `receive` for each signal from now on, instead of what was called before. */
  onSignal(receive: (signal: NodeJS.Signals) => void): void;
  /** Resolves `milliseconds` from now, unless `cancel` comes first. */
  after(milliseconds: number): { elapsed: Promise<void>; cancel: () => void };
  /** Gives the signals back. */
  stop(): void;
};

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Takes over the signals of this process. */
export function interruptions(): Interruptions {
  const early: NodeJS.Signals[] = [];
  let receive = (signal: NodeJS.Signals): void => void early.push(signal);
  const handler = (signal: NodeJS.Signals): void => receive(signal);
  for (const signal of SIGNALS) process.on(signal, handler);
  return {
    onSignal(next) {
      receive = next;
      for (const signal of early.splice(0)) next(signal);
    },
    after(milliseconds) {
      let cancel = (): void => {};
      const elapsed = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        cancel = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      return { elapsed, cancel };
    },
    stop() {
      for (const signal of SIGNALS) process.off(signal, handler);
    },
  };
}
