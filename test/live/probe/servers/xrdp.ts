import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** xrdp with TLS at port 3389 that a certificate of its own proves. */
export function xrdp(island: Island): void {
  const { stage } = island;
  const { key, made } = certificate(stage, "bridge.harbour.test");
  writeFileSync(
    stage.path("xrdp.ini"),
    `[Globals]
port=tcp://127.0.0.1:3389
security_layer=negotiate
certificate=${made}
key_file=${key}
ssl_protocols=TLSv1.2, TLSv1.3
[Logging]
LogFile=${stage.path("log")}
EnableSyslog=false
`,
  );
  // What it writes while it runs has fixed places below /run.
  island.start([program("xrdp"), "--nodaemon", "--config", stage.path("xrdp.ini")], "mount -t tmpfs tmpfs /run");
}
