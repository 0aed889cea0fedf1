import { start } from "./started.ts";

/** A network namespace of its own with loopback up: its traffic meets nobody else's. It is gone after `leave`. */
export type Room = {
  /** The file that setns(2) takes. */
  namespace: string;
  /** The command line that runs `command` in it. */
  inside(command: string[]): string[];
  leave(): Promise<void>;
};

/** Makes a room. Needs root. */
export async function enterRoom(): Promise<Room> {
  const keeper = start("unshare", ["--net", "--", "sh", "-c", "ip link set lo up && echo ready && exec cat"]);
  await keeper.line((line) => line === "ready");
  const namespace = `/proc/${keeper.pid}/ns/net`;
  return {
    namespace,
    inside: (command) => ["nsenter", `--net=${namespace}`, "--", ...command],
    async leave() {
      keeper.stdin.end();
      await keeper.ended;
    },
  };
}
