import { join } from "node:path";

/** Where the service lies on this machine. */
export type ServicePlace = {
  /** The unit's name as systemctl takes it. */
  unit: string;
  unitFile: string;
  configurationFile: string;
  /** Name of the record's folder below /var/lib. */
  stateFolder: string;
  /** What systemd starts. */
  command: readonly string[];
  documentation: string;
};

/** The system's places (file-hierarchy(7)) for the program that runs now: its interpreter, and the file that was started. */
export function systemPlace(interpreter: string, program: string, root: string): ServicePlace {
  return {
    unit: "portolan.service",
    unitFile: "/etc/systemd/system/portolan.service",
    configurationFile: "/etc/portolan/portolan.toml",
    stateFolder: "portolan",
    command: [interpreter, program, "record"],
    documentation: join(root, "docs/record.md"),
  };
}
