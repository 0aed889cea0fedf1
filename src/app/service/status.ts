import { hostname } from "node:os";
import type { ServiceDocument } from "../../model/documents/service.ts";
import { isoTime, micros } from "../../model/time.ts";
import type { Systemd } from "../../service/systemd/manager.ts";
import type { ServicePlace } from "./place.ts";

/** Whether the recorder is installed and runs as a service. @throws Problem `service-failed`. */
export function serviceStatus(place: ServicePlace, systemd: Systemd): ServiceDocument {
  const base = {
    schema: "portolan.service/1" as const,
    host: hostname(),
    checkedAt: isoTime(micros(Date.now())),
    unit: place.unit,
  };
  if (!systemd.runs()) return { ...base, manager: "none", installed: false, active: "unknown" };
  const { load, active, enabled, pid, since, status, result } = systemd.state(place.unit);
  const installed = load !== "not-found";
  return {
    ...base,
    manager: "systemd",
    installed,
    ...(installed && { atBoot: enabled.startsWith("enabled") }),
    active,
    ...(pid !== undefined && { pid }),
    ...(since !== undefined && { since }),
    ...(status !== undefined && { status }),
    ...(result !== undefined && { result }),
  };
}
