import { hostname } from "node:os";
import { createProfile } from "../../../src/analyze/profile.ts";
import { selectCapture } from "../../../src/collect/select.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Capture } from "../../../src/model/interfaces.ts";
import { micros } from "../../../src/model/time.ts";
import { launcher } from "../../live/observer.ts";
import type { Adapter, Ended } from "../adapter.ts";
import { FACTS } from "../seen.ts";
import { eventsOf } from "./events.ts";
import { seenInProfile } from "./profile.ts";
import { versionOf } from "./version.ts";

/** Portolan as the recorder of the whole machine, in this very process; what it recorded of the scenario is compared. */
export const portolanRecord: Adapter = {
  name: "portolan record",
  own: true,
  scope: "record",
  about: "what applications do",
  knows: { facts: new Set(FACTS.filter((fact) => !fact.startsWith("open"))) },
  lack: () => (process.geteuid?.() === 0 ? undefined : "needs root"),
  version: () => versionOf(launcher, ["--version"]),
  watch() {
    const events: CollectorEvent[] = [];
    let capture: Capture | undefined;
    const close = async () => {
      await capture?.close();
      capture = undefined;
    };
    return {
      async start() {
        const { collector } = await selectCapture("ebpf");
        capture = await collector.capture({ kind: "machine" }, (batch) => {
          for (const event of batch) events.push(event);
        });
      },
      async seen(ended) {
        const degradations = capture?.degradations ?? [];
        await close();
        const seen = seenInProfile(profileOf(eventsOf(events, ended), ended, degradations));
        // What was there before the recorder is reported as such; the truth says what can be known of it all the same.
        return { ...seen, gaps: (seen.gaps ?? []).filter((reason) => !reason.startsWith("joined late")) };
      },
      close,
    };
  },
};

function profileOf(events: CollectorEvent[], { startedAt }: Ended, degradations: Capture["degradations"]) {
  const profile = createProfile();
  profile.add(events);
  return profile.finish({
    host: hostname(),
    startedAt: micros(startedAt),
    endedAt: micros(Date.now()),
    collector: "ebpf",
    degradations,
    seenFromStart: true,
  });
}
