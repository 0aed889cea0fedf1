import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { untilBound } from "./port.ts";
import type { Stage } from "./stage.ts";
import { stages } from "./staged.ts";
import type { Started } from "./started.ts";
import { until } from "./until.ts";

const reason = lack("python3");
const stage = stages();

/** Echoes what each connection sends. */
const ECHO = `
import socketserver, sys
class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(4096):
            self.request.sendall(data)
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
Server(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
`;

async function echoServer(here: Stage): Promise<{ server: Started; port: number }> {
  const port = await here.port("echo");
  const server = here.beside([program("python3"), "-c", ECHO, String(port)]);
  await untilBound(server, port);
  return { server, port };
}

/** Portolan attached to what runs, once it says that it follows. */
async function attached(here: Stage, ...target: string[]): Promise<Started> {
  const observer = here.beside([launcher, "run", ...target, "--output", here.path("attached.json")]);
  await until("Portolan to follow", () => observer.stderr.includes("portolan: following"));
  return observer;
}

async function exchange(port: number, text: string): Promise<void> {
  const socket: Socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end(text);
  socket.resume();
  await once(socket, "close");
}

function profileOf(here: Stage) {
  return JSON.parse(readFileSync(here.path("attached.json"), "utf8"));
}

describe("run --pid", () => {
  it("finds what was open, counts from then on, and says that the past is unknown", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { server, port } = await echoServer(here);
    const early = connect(port, "127.0.0.1");
    here.atEnd(() => void early.destroy());
    early.write("before anybody looked");
    await once(early, "data");
    const pid = await server.application();
    const observer = await attached(here, "--pid", String(pid));
    early.write("seen");
    await once(early, "data");
    for (let i = 0; i < 23; i++) await exchange(port, "hello");
    process.kill(observer.pid, "SIGINT");
    expect(await observer.ended()).toEqual({ status: 0, signal: undefined });
    expect(server.running).toBe(true);
    const profile = profileOf(here);
    expect(profile.complete).toBe(false);
    expect(profile.gaps).toMatchObject([{ reason: expect.stringContaining("joined") }]);
    expect(profile.coverage.seenFromStart).toBe(false);
    const bytes = 23 * "hello".length + "seen".length;
    expect(profile.listens).toMatchObject([
      {
        address: "127.0.0.1",
        port,
        portChosenBy: "application",
        pids: [pid],
        flows: 24,
        bytesIn: bytes,
        bytesOut: bytes,
      },
    ]);
    expect(observer.stderr).toContain("before Portolan joined");
  });

  it("ends when the process ends", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { server } = await echoServer(here);
    const observer = await attached(here, "--pid", String(await server.application()));
    await server.stop();
    expect(await observer.ended()).toEqual({ status: 0, signal: undefined });
  });
});

describe("run --unit", () => {
  it("follows the processes of a cgroup by the unit's name, also those that come later", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { server, port } = await echoServer(here);
    const pid = await server.application();
    const home = cgroupOf(pid);
    const unit = join(home, `portolan-test-${process.pid}.service`);
    mkdirSync(unit);
    here.atEnd(async () => {
      const members = () => readFileSync(join(unit, "cgroup.procs"), "utf8").split("\n").filter(Boolean);
      for (const member of members()) writeFileSync(join(home, "cgroup.procs"), member);
      await until("an empty cgroup", () => members().length === 0);
      rmdirSync(unit);
    });
    writeFileSync(join(unit, "cgroup.procs"), String(pid));
    const observer = await attached(here, "--unit", `portolan-test-${process.pid}`);
    for (let i = 0; i < 23; i++) await exchange(port, "hello");
    process.kill(observer.pid, "SIGINT");
    expect(await observer.ended()).toEqual({ status: 0, signal: undefined });
    expect(profileOf(here)).toMatchObject({
      application: `portolan-test-${process.pid}`,
      listens: [{ port, pids: [pid], flows: 23, bytesIn: 115, bytesOut: 115 }],
    });
  });

  it("says when there is no such unit", async () => {
    const here = stage();
    const observer = here.beside([launcher, "run", "--unit", "no-such-unit-anywhere"]);
    expect((await observer.ended()).status).toBe(125);
    expect(observer.stderr).toContain('no running unit "no-such-unit-anywhere"');
  });
});

function cgroupOf(pid: number): string {
  const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync("/proc/mounts", "utf8"))?.[1];
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
  if (mount === undefined || path === undefined || !existsSync(dirname(mount))) throw new Error("no cgroup v2");
  return join(mount, path);
}
