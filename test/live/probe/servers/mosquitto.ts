import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** Mosquitto, which lets everybody in at ports 1883 and, inside TLS, 8883, and nobody at 1884. */
export function mosquitto(island: Island): void {
  const { stage } = island;
  const { key, made } = certificate(stage, "broker.harbour.test");
  const lines = [
    ...["per_listener_settings true", "user root", "sys_interval 1"],
    ...["listener 1883 127.0.0.1", "allow_anonymous true"],
    ...["listener 1884 127.0.0.1", "allow_anonymous false"],
    ...["listener 8883 127.0.0.1", "allow_anonymous true", `certfile ${made}`, `keyfile ${key}`],
  ];
  writeFileSync(stage.path("mosquitto.conf"), `${lines.join("\n")}\n`);
  island.start([program("mosquitto"), "-c", stage.path("mosquitto.conf")]);
}
