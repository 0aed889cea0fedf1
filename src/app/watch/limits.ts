import type { Degradation } from "../../model/gap.ts";
import type { Capture } from "../../model/interfaces.ts";

/** A command that gives what is missing by being run as root, whatever verb it names. */
const AS_ROOT = /^sudo \.\/portolan (run|ls)\b/;

/** What a watch for `filters` leaves out on this machine; what root would see is had by the same watch as root. */
export function watchLimits(
  degradations: readonly Degradation[],
  capture: Capture,
  filters: readonly string[],
): Degradation[] {
  const asRoot = ["sudo ./portolan watch", ...filters].join(" ");
  const all = [...degradations, ...capture.degradations];
  if (capture.collector === "procfs" && process.geteuid?.() !== 0) {
    all.push({ what: "connections of other users' processes are not seen", remedy: asRoot });
  }
  const limits = new Map<string, Degradation>();
  for (const { what, remedy } of all) {
    limits.set(what, remedy === undefined ? { what } : { what, remedy: AS_ROOT.test(remedy) ? asRoot : remedy });
  }
  return [...limits.values()];
}
