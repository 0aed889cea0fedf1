import { hostname, release, type as systemName } from "node:os";
import { probeCollectors } from "../collect/select.ts";
import type { DoctorDocument } from "../model/documents/doctor.ts";
import { isoTime, micros } from "../model/time.ts";

/** What works on this machine, and what brings the rest. `version` is Portolan's own. */
export async function doctor(version: string): Promise<DoctorDocument> {
  const user = process.getuid?.();
  return {
    schema: "portolan.doctor/1",
    host: hostname(),
    checkedAt: isoTime(micros(Date.now())),
    version,
    runtime: `Node.js ${process.version}`,
    system: `${systemName()} ${release()} ${process.arch}`,
    ...(user !== undefined && { user }),
    collectors: await probeCollectors(),
  };
}
