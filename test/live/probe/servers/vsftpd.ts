import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { writeSettings } from "./settings.ts";

/** vsftpd, which lets anonymous users in and says so in a greeting of its own. */
export function vsftpd(island: Island): void {
  const { stage } = island;
  mkdirSync(stage.path("root"), { mode: 0o755 });
  mkdirSync("/run/vsftpd/empty", { recursive: true });
  const settings = {
    ...{ listen: "YES", listen_address: "127.0.0.1", background: "NO", secure_chroot_dir: "/run/vsftpd/empty" },
    ...{ anonymous_enable: "YES", anon_root: stage.path("root"), ftpd_banner: "Welcome to the harbour." },
  };
  island.start([program("vsftpd"), writeSettings(stage.path("vsftpd.conf"), settings)]);
}
