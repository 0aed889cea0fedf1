import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { untilBound } from "./port.ts";
import type { Stage } from "./stage.ts";
import { stages } from "./staged.ts";
import { until } from "./until.ts";

const reason = lack("python3");
const stage = stages();

/** Opens a port at once, and one more for each line on its standard input; connects back to the first each time. */
const SERVER = `
import socket, sys
servers = [socket.create_server(("127.0.0.1", int(sys.argv[1])))]
for port, line in zip(sys.argv[2:], sys.stdin):
    servers.append(socket.create_server(("127.0.0.1", int(port))))
    socket.create_connection(servers[-1].getsockname()).close()
sys.stdin.read()
`;

/** A folder of its own for marks would need another user: root's are at one place, so each test sends with --to. */
async function serving(here: Stage, name: string, ports: number[]) {
  const words = ["run", "--json", "--save", here.path(`${name}.yaml`)];
  const run = here.beside([launcher, ...words, "--", program("python3"), "-c", SERVER, ...ports.map(String)]);
  await untilBound(run, ports[0] ?? 0);
  return run;
}

async function sent(here: Stage, ...words: string[]) {
  const mark = here.beside([launcher, "mark", ...words]);
  const { status } = await mark.ended();
  return { status, stdout: mark.stdout, stderr: mark.stderr };
}

describe("mark", () => {
  it("answers 69 where nothing runs, and clears away what a killed run left behind", async () => {
    const here = stage();
    const dead =
      'require("net").createServer().listen("/run/portolan/marks/23.sock", () => process.kill(process.pid, 9))';
    const alone = `mount -t tmpfs none /run && mkdir -p -m 0755 /run/portolan && mkdir -m 0700 /run/portolan/marks
      "$1" -e '${dead}'; ls /run/portolan/marks; "$2" mark "Sync now"; echo "status $?"; ls /run/portolan/marks`;
    const words = ["--mount", program("sh"), "-c", alone, "sh", process.execPath, launcher];
    const mark = here.beside([program("unshare"), ...words]);
    await mark.ended();
    expect(mark.stdout).toBe("23.sock\nstatus 69\n");
    expect(mark.stderr).toContain("there is nothing to mark: no run or record is going on");
  });

  it("names the function that a port was opened and a connection made for", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const ports = [await here.port("a"), await here.port("b"), await here.port("c")];
    const run = await serving(here, "kept", ports);
    for (const [i, feature] of ["Sync now", "Discovery"].entries()) {
      const { status, stdout } = await sent(here, feature, "--to", String(run.pid));
      expect([status, stdout]).toEqual([0, `marked "${feature}" in the run of python3 (process ${run.pid})\n`]);
      run.input.write("\n");
      await untilBound(run, ports[i + 1] ?? 0);
    }
    run.input.end();
    await run.ended();
    const { listens, connects } = JSON.parse(run.stdout);
    const features = (port: number) =>
      [
        listens.find((row: { port: number }) => row.port === port),
        connects.find((row: { remote: { port: number } }) => row.remote.port === port),
      ].map((row) => row?.features);
    expect(ports.map(features)).toEqual([
      [["start-up"], undefined],
      [["Sync now"], ["Sync now"]],
      [["Discovery"], ["Discovery"]],
    ]);
    const manifest = readFileSync(here.path("kept.yaml"), "utf8");
    expect(manifest).toContain(`port: ${ports[1]}, scope: loopback, feature: "Sync now" }`);
    expect(manifest).toContain("one start, from the first instruction");
  });

  it("asks which where several go on, and finds none of a pid that is none", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const first = await serving(here, "first", [await here.port("a")]);
    const second = await serving(here, "second", [await here.port("b")]);
    const asked = await sent(here, "Sync now");
    expect(asked.status).toBe(64);
    for (const { pid } of [first, second]) expect(asked.stderr).toContain(`${pid} (run python3)`);
    const wrong = await sent(here, "Sync now", "--to", String(process.pid));
    expect(wrong.status).toBe(69);
    expect(wrong.stderr).toContain(`process ${process.pid} is no run or record that takes marks`);
    for (const run of [first, second]) {
      run.input.end();
      await until("its end", () => !run.running);
    }
  });
});
