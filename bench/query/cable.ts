import { execFileSync } from "node:child_process";
import { enterRoom, type Room } from "../room.ts";

/** Two rooms joined by a cable, of which the far one drops all that comes. */
export type Cable = { near: Room; address: string; leave(): Promise<void> };

/** Lays a cable. Needs root and nft. */
export async function layCable(): Promise<Cable> {
  const [near, far] = [await enterRoom(), await enterRoom()];
  const leave = async () => {
    await far.leave();
    await near.leave();
  };
  const run = (room: Room, ...words: string[]) => {
    const [command = "", ...rest] = room.inside(words);
    execFileSync(command, rest);
  };
  try {
    const pid = /^\/proc\/(\d+)\//.exec(far.namespace)?.[1] ?? "";
    run(near, "ip", "link", "add", "near", "type", "veth", "peer", "name", "far", "netns", pid);
    for (const [room, device, address] of [[near, "near", "10.23.0.1"] as const, [far, "far", "10.23.0.2"] as const]) {
      run(room, "ip", "address", "add", `${address}/24`, "dev", device);
      run(room, "ip", "link", "set", device, "up");
    }
    run(
      far,
      "nft",
      "add table ip filtered; add chain ip filtered input { type filter hook input priority 0; policy drop; }",
    );
    return { near, address: "10.23.0.2", leave };
  } catch (error) {
    await leave();
    throw error;
  }
}
