import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { writeSettings } from "./settings.ts";

/** Samba's server of files, with or without the dialects after SMB 1; it wants messages signed. */
export function smbd(island: Island, newest: "SMB3" | "NT1"): void {
  const folder = island.stage.path("smbd");
  mkdirSync(folder);
  const settings = {
    ...{ "netbios name": "PIER7", workgroup: "HARBOUR", interfaces: "127.0.0.1/8", "bind interfaces only": "yes" },
    ...{ "server min protocol": "NT1", "server max protocol": newest, "server signing": "mandatory" },
    ...{ "lock directory": folder, "state directory": folder, "cache directory": folder, "private dir": folder },
    ...{
      "pid directory": folder,
      "ncalrpc dir": `${folder}/ncalrpc`,
      "log file": `${folder}/log`,
      "smb ports": "445 139",
    },
  };
  const file = island.stage.path("smb.conf");
  writeSettings(file, { "[global]": "", ...settings });
  island.start([program("smbd"), "--foreground", `--configfile=${file}`]);
}
