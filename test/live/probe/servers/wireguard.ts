import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** WireGuard in user space, which serves where the kernel knows none, with a key of its own and no peers. */
export function wireguard(island: Island): void {
  const { stage } = island;
  writeFileSync(stage.path("key"), execFileSync(program("wg"), ["genkey"]), { mode: 0o600 });
  // Its controls are a socket below /run; they are used once it is there.
  const controls = `mount -t tmpfs tmpfs /run
( for i in $(seq 230); do
    wg set pier0 listen-port 51820 private-key ${stage.path("key")} 2>/dev/null && ip link set pier0 up && break
    sleep 0.05
  done ) &`;
  island.start([program("wireguard-go"), "--foreground", "pier0"], controls);
}
