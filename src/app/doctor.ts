import { hostname, release, type as systemName } from "node:os";
import { probeCollectors } from "../collect/select.ts";
import type { DoctorDocument } from "../model/documents/doctor.ts";
import type { Degradation } from "../model/gap.ts";
import type { Readiness } from "../model/interfaces.ts";
import { isoTime, micros } from "../model/time.ts";

/**
 * What works on this machine, and what brings the rest. `version` is Portolan's own; `probe` asks the collectors, the
 * best first.
 */
export async function doctor(version: string, probe = probeCollectors): Promise<DoctorDocument> {
  const user = process.geteuid?.();
  return {
    schema: "portolan.doctor/1",
    host: hostname(),
    checkedAt: isoTime(micros(Date.now())),
    version,
    runtime: `Node.js ${process.version}`,
    system: `${systemName()} ${release()} ${process.arch}`,
    ...(user !== undefined && { user }),
    collectors: (await probe()).map(examined),
  };
}

function examined({ name, ready, degradations }: Readiness): DoctorDocument["collectors"][number] {
  return { name, ready, degradations: degradations.map(withoutCircle) };
}

/** Whoever reads this has typed `doctor` already: what it lacks stands there, and it is no remedy. */
function withoutCircle({ what, remedy }: Degradation): Degradation {
  return remedy === undefined || /portolan doctor$/.test(remedy) ? { what } : { what, remedy };
}
