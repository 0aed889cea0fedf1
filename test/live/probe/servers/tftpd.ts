import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** tftpd-hpa, with a folder in which nothing is. */
export function tftpd(island: Island): void {
  mkdirSync(island.stage.path("files"), { mode: 0o755 });
  const address = ["--address", "127.0.0.1:69", "--user", "nobody"];
  island.start([program("in.tftpd"), "--foreground", "--secure", ...address, island.stage.path("files")]);
}
