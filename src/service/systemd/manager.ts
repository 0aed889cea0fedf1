import { systemctl, systemdRuns, type UnitState, unitState } from "./control.ts";

/** The service manager of this machine as the verb `service` uses it; tests put their own in its place. */
export type Systemd = {
  /** Whether it manages this machine at all. */
  runs(): boolean;
  /** Asks systemctl(1). @throws Problem `service-failed`. */
  ask(...words: string[]): string;
  state(unit: string): UnitState;
};

export const SYSTEMD: Systemd = { runs: systemdRuns, ask: (...words) => systemctl(words), state: unitState };
