import { mkdirSync, writeFileSync } from "node:fs";
import type { Island } from "../island.ts";

/** Where Debian keeps it. */
export const RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server";

/** RabbitMQ without plugins, with everything that it writes in the stage's folder. */
export function rabbitmq(island: Island): void {
  const { stage } = island;
  mkdirSync(stage.path("home"));
  writeFileSync(stage.path("rabbitmq.conf"), "listeners.tcp.1 = 127.0.0.1:5672\ncluster_name = harbour\n");
  writeFileSync(stage.path("plugins"), "[].\n");
  const environment = {
    ...{ HOME: stage.path("home"), RABBITMQ_NODENAME: "harbour@localhost", RABBITMQ_BASE: stage.directory },
    ...{ RABBITMQ_CONFIG_FILE: stage.path("rabbitmq.conf"), RABBITMQ_ENABLED_PLUGINS_FILE: stage.path("plugins") },
    ...{ RABBITMQ_MNESIA_BASE: stage.path("mnesia"), RABBITMQ_LOG_BASE: stage.path("log"), RABBITMQ_LOGS: "-" },
    ...{ RABBITMQ_PID_FILE: stage.path("pid") },
  };
  // Erlang starts this one by itself, as a daemon that nobody ends, where it does not run yet.
  island.start([RABBITMQ], "epmd -address 127.0.0.1 &", environment);
}
