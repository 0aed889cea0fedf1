import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** MariaDB without its own tables, so that nobody is known, and with a certificate. */
export function mariadb(island: Island): void {
  const { stage } = island;
  const { key, made } = certificate(stage, "tables.harbour.test");
  const data = stage.path("data");
  mkdirSync(data);
  const options = {
    ...{ datadir: data, socket: stage.path("socket"), "pid-file": stage.path("pid"), "bind-address": "127.0.0.1" },
    ...{ user: "root", "ssl-cert": made, "ssl-key": key, "innodb-buffer-pool-size": "16M" },
  };
  const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  island.start([program("mariadbd"), "--no-defaults", "--skip-grant-tables", "--skip-log-bin", ...words]);
}
