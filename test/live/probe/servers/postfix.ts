import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { writeSettings } from "./settings.ts";

/** Postfix with its SMTP server and nothing that would deliver anything. */
export function postfix(island: Island): void {
  const { stage } = island;
  chmodSync(stage.directory, 0o755);
  for (const folder of ["etc", "queue", "data"]) mkdirSync(stage.path(folder), { mode: 0o755 });
  const settings = {
    ...{ compatibility_level: "3.6", myhostname: "mail.harbour.test", smtpd_banner: "$myhostname ESMTP Harbour post" },
    ...{ queue_directory: stage.path("queue"), data_directory: stage.path("data"), mail_owner: "postfix" },
    ...{ command_directory: "/usr/sbin", daemon_directory: "/usr/lib/postfix/sbin", setgid_group: "postdrop" },
    ...{ inet_interfaces: "127.0.0.1", mynetworks: "127.0.0.0/8", alias_maps: "", maillog_file: "/dev/stdout" },
    ...{ message_size_limit: 1_299_709, smtpd_peername_lookup: "no" },
  };
  writeSettings(stage.path("etc/main.cf"), settings, " = ");
  const services = [
    "smtp inet n - n - - smtpd",
    "cleanup unix n - n - 0 cleanup",
    "rewrite unix - - n - - trivial-rewrite",
  ];
  const more = [
    "proxymap unix - - n - - proxymap",
    "anvil unix - - n - 1 anvil",
    "postlog unix-dgram n - n - 1 postlogd",
  ];
  writeFileSync(stage.path("etc/master.cf"), `${[...services, ...more].join("\n")}\n`);
  copyFileSync("/etc/postfix/dynamicmaps.cf", stage.path("etc/dynamicmaps.cf"));
  island.start([program("postfix"), "-c", stage.path("etc"), "start-fg"], `chown postfix ${stage.path("data")}`);
}
