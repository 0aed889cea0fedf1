import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../../model/problem.ts";
import type { Systemd } from "../../service/systemd/manager.ts";
import { unitText } from "../../service/systemd/unit.ts";
import type { ServicePlace } from "./place.ts";
import { writersBesideRoot } from "./writers.ts";

/** What was written, and what a person should know of it. */
export type Installed = {
  unitFile: string;
  configurationFile: string;
  /** Whether the settings were there before, and stayed as they were. */
  configurationKept: boolean;
  /** Who besides root decides what the service runs: a path that others may write to. */
  writable?: string;
};

/** How the unit files that we wrote begin: another one is somebody else's. */
const OURS = '# Written by "portolan service install"';

/**
 * Writes the unit file, and the settings where there are none, and has systemd start the recorder at every boot. It is not
 * started now.
 * @throws Problem `not-permitted`, `not-available` without systemd, `service-failed`, `output-failed`.
 */
export function install(place: ServicePlace, systemd: Systemd, configuration: string): Installed {
  requireSystemd(systemd);
  requireOurs(place);
  const configurationKept = existsSync(place.configurationFile);
  if (!configurationKept) write(place.configurationFile, configuration);
  write(place.unitFile, unitText(place));
  systemd.ask("daemon-reload");
  systemd.ask("enable", place.unit);
  const writable = writersBesideRoot(place.command[1] ?? "");
  const { unitFile, configurationFile } = place;
  return { unitFile, configurationFile, configurationKept, ...(writable !== undefined && { writable }) };
}

/**
 * Ends the recorder and removes its unit file. The record and the settings stay.
 * @throws Problem as `install`.
 */
export function uninstall(place: ServicePlace, systemd: Systemd): { removed: boolean } {
  requireSystemd(systemd);
  if (!existsSync(place.unitFile)) return { removed: false };
  requireOurs(place);
  systemd.ask("disable", "--now", place.unit);
  rmSync(place.unitFile, { force: true });
  systemd.ask("daemon-reload");
  return { removed: true };
}

/** @throws Problem `not-available` where systemd does not manage this machine. */
export function requireSystemd(systemd: Systemd): void {
  if (systemd.runs()) return;
  throw new Problem("not-available", "there is no systemd here to run the recorder as a service", {
    why: "/run/systemd/system is missing: another program manages this machine, or it is a container.",
    next: "sudo ./portolan record",
  });
}

function requireOurs({ unitFile }: ServicePlace): void {
  if (!existsSync(unitFile) || readFileSync(unitFile, "utf8").startsWith(OURS)) return;
  throw new Problem("not-permitted", `${unitFile} is there, and Portolan did not write it`, {
    why: "Whoever wrote it may rely on it.",
    next: `cat ${unitFile}`,
  });
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    writeFileSync(path, text, { mode: 0o644 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") {
      throw new Problem("not-permitted", `${path} cannot be written`, {
        why: "Only root installs a service.",
        next: "sudo ./portolan service install",
        cause: error,
      });
    }
    throw new Problem("output-failed", `${path} cannot be written`, {
      why: message,
      next: `df ${dirname(path)}`,
      cause: error,
    });
  }
}
