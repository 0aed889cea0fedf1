import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** coturn, which answers STUN in the clear and inside TLS, and tells what it is. */
export function turnserver(island: Island): void {
  const { stage } = island;
  const { key, made } = certificate(stage, "turn.harbour.test");
  const places = ["--log-file=stdout", `--pidfile=${stage.path("pid")}`, `--db=${stage.path("users")}`];
  const secure = [`--cert=${made}`, `--pkey=${key}`, "--no-dtls"];
  // -n: no file of settings.
  const words = ["-n", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--no-cli", "--realm=harbour.test"];
  island.start([program("turnserver"), ...words, ...secure, ...places]);
}
