/**
 * Why an observation ends before the application does: time is up, or somebody asks (Ctrl+C, SIGTERM, SIGHUP). Each may
 * be waited for many times; signals that came are passed to whoever listens.
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
  let receive: (signal: NodeJS.Signals) => void = () => {};
  const handler = (signal: NodeJS.Signals): void => receive(signal);
  for (const signal of SIGNALS) process.on(signal, handler);
  return {
    onSignal(next) {
      receive = next;
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
