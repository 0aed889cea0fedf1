import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { exampleSettings } from "../../formats/config/example.ts";
import type { ServiceDocument } from "../../model/documents/service.ts";
import { Problem } from "../../model/problem.ts";
import { SYSTEMD, type Systemd } from "../../service/systemd/manager.ts";
import { unitText } from "../../service/systemd/unit.ts";
import { type Installed, install, requireSystemd, uninstall } from "./install.ts";
import { type ServicePlace, systemPlace } from "./place.ts";
import { serviceStatus } from "./status.ts";

export type { Installed } from "./install.ts";

/** The recorder as a service of this machine. Every action may throw `service-failed`. */
export type Service = {
  /** The unit file that `install` would write. */
  unit(): string;
  /** @throws Problem `not-permitted`, `not-available`, `output-failed`. */
  install(): Installed;
  /** Answers whether there was anything to remove. @throws Problem as `install`. */
  uninstall(): { removed: boolean };
  /** @throws Problem `not-available` without systemd, or where it is not installed. */
  start(): void;
  stop(): void;
  status(): ServiceDocument;
};

/** The service of the program that runs now: the file that was started, on the Node that runs it. */
export function ownService(): Service {
  const program = process.argv[1] ?? "";
  return createService(systemPlace(process.execPath, program, dirname(dirname(program))), SYSTEMD);
}

export function createService(place: ServicePlace, systemd: Systemd): Service {
  const ask = (action: "start" | "stop"): void => {
    requireSystemd(systemd);
    if (!existsSync(place.unitFile)) {
      throw new Problem("not-available", "the recorder is not installed as a service", {
        why: `${place.unitFile} is missing.`,
        next: "sudo ./portolan service install",
      });
    }
    systemd.ask(action, place.unit);
  };
  return {
    unit: () => unitText(place),
    install: () => install(place, systemd, exampleSettings()),
    uninstall: () => uninstall(place, systemd),
    start: () => ask("start"),
    stop: () => ask("stop"),
    status: () => serviceStatus(place, systemd),
  };
}
