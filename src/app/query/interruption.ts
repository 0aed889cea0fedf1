import { constants } from "node:os";

/** What ends a query early. */
export type Interruption = {
  readonly signal: AbortSignal;
  /** The exit status that tells of it, 128 and the signal's number; undefined where nothing came. */
  status(): number | undefined;
  /** From now on signals do what they do to every program. */
  end(): void;
};

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Catches the first signal that asks this program to end, so that it can say what it knows; a second one ends it. */
export function catchInterruption(): Interruption {
  const controller = new AbortController();
  let status: number | undefined;
  const end = () => {
    for (const name of SIGNALS) process.off(name, caught);
  };
  const caught = (name: (typeof SIGNALS)[number]) => {
    status = 128 + constants.signals[name];
    end();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, caught);
  return { signal: controller.signal, status: () => status, end };
}
