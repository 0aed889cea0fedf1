import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Snapshot } from "../../../src/model/socket.ts";

/** The user and group that own nothing, on every distribution. */
const NOBODY = 65_534;

const program = `
  import { createServer } from "node:net";
  import { createProcfsCollector } from ${JSON.stringify(new URL("../../../src/collect/linux/procfs/collector.ts", import.meta.url))};
  const server = createServer().listen(0, "127.0.0.1", async () => {
    const snapshot = await createProcfsCollector().snapshot({});
    process.stdout.write(JSON.stringify({ port: server.address().port, pid: process.pid, snapshot }));
    server.close();
  });`;

/** What a program of a user without privileges sees: its own listener, and a snapshot of the machine. Takes root. */
export function snapshotAsNobody(): { port: number; pid: number; snapshot: Snapshot } {
  const options = { uid: NOBODY, gid: NOBODY, encoding: "utf8", cwd: "/", maxBuffer: 2 ** 28 } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], options);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Whether anyone may read this checkout; one in a home folder that is closed to others cannot run as somebody else. */
export function nobodyCanRead(): boolean {
  const folder = fileURLToPath(new URL("../../../src", import.meta.url));
  return spawnSync("/bin/ls", [folder], { uid: NOBODY, gid: NOBODY, cwd: "/" }).status === 0;
}
