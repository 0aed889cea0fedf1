import { hostname } from "node:os";
import { createProfile, type ProfileBuilder } from "../../analyze/profile.ts";
import type { Selection } from "../../collect/select.ts";
import type { CollectorEvent } from "../../model/event.ts";
import type { Capture, Scope } from "../../model/interfaces.ts";
import type { Profile, ProfileSoFar } from "../../model/profile.ts";
import { micros } from "../../model/time.ts";
import { Alive } from "./alive.ts";
import { OpenPorts } from "./open-ports.ts";

/** An observation that goes on: events run into a profile. */
export type Observation = {
  soFar(): ProfileSoFar;
  alive: Alive;
  openPorts: OpenPorts;
  /** Names the function of the application that is exercised from this moment on. */
  mark(feature: string): void;
  /** The application is told to end, now. */
  shutdown(): void;
  /** Delivers what has happened until now. */
  flush(): Promise<void>;
  finish(facts: {
    application?: string;
    command?: string[];
    exitStatus?: number;
    seenFromStart: boolean;
  }): Promise<Profile>;
  /** Does `work`. Where that fails, the observation ends without a profile: left alone it would never end. */
  during<T>(work: () => Promise<T>): Promise<T>;
};

/** Follows `scope` with the collector that was settled for. Times are wall time of this machine. */
export async function observe({ collector, degradations }: Selection, scope: Scope): Promise<Observation> {
  const profile: ProfileBuilder = createProfile();
  const alive = new Alive();
  const openPorts = new OpenPorts();
  const sink = (events: CollectorEvent[]): void => {
    profile.add(events);
    alive.add(events);
    openPorts.add(events);
  };
  const capture: Capture = await collector.capture(scope, sink);
  const startedAt = micros(Date.now());
  return {
    soFar: () => profile.soFar(),
    alive,
    openPorts,
    mark: (feature) => profile.mark({ at: micros(Date.now()), feature }),
    shutdown: () => profile.shutdown(micros(Date.now())),
    flush: () => capture.flush(),
    async finish(facts) {
      const endedAt = micros(Date.now());
      await capture.close();
      return profile.finish({
        ...facts,
        host: hostname(),
        startedAt,
        endedAt,
        collector: capture.collector,
        degradations: [...degradations, ...capture.degradations],
      });
    },
    async during(work) {
      let done = false;
      try {
        const result = await work();
        done = true;
        return result;
      } finally {
        if (!done) await capture.close();
      }
    },
  };
}
