import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { writeSettings } from "./settings.ts";

/** OpenSSH's server with keys of two kinds. */
export function sshd(island: Island): void {
  const { stage } = island;
  const keys = ["ed25519", "ecdsa"].map((type) => {
    const key = stage.path(`key-${type}`);
    execFileSync(program("ssh-keygen"), ["-q", "-t", type, "-N", "", "-f", key]);
    return `HostKey ${key}`;
  });
  // sshd(8) insists on this empty folder; Debian's unit makes it.
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const settings = { Port: 22, ListenAddress: "127.0.0.1", PidFile: "none", UsePAM: "no" };
  const file = writeSettings(stage.path("sshd_config"), settings, " ");
  island.start([program("sshd"), "-D", "-e", "-f", file, ...keys.flatMap((key) => ["-o", key])]);
}
