import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import { type Island, OWN } from "../island.ts";
import { writeSettings } from "./settings.ts";

/** Samba's name server as a member of a workgroup. */
export function nmbd(island: Island): void {
  const folder = island.stage.path("nmbd");
  mkdirSync(folder);
  const settings = {
    ...{ "netbios name": "PIER7", workgroup: "HARBOUR", interfaces: `${OWN}/24`, "bind interfaces only": "yes" },
    ...{ "lock directory": folder, "state directory": folder, "cache directory": folder, "private dir": folder },
    ...{
      "pid directory": folder,
      "ncalrpc dir": folder,
      "log file": `${folder}/log`,
      "nmbd bind explicit broadcast": "no",
    },
  };
  const file = island.stage.path("smb.conf");
  writeSettings(file, { "[global]": "", ...settings });
  island.start([program("nmbd"), "--foreground", "--no-process-group", `--configfile=${file}`]);
}
