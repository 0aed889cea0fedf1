import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { stages } from "./staged.ts";

const reason = lack("python3");
const stage = stages();

/** Three functions, asked for at its first port: two listen for a moment, one connects; a timer connects all the time. */
const SERVER = `
import socket, sys, threading, time
control, web, sync, upstream, beat = map(int, sys.argv[1:])
def reach(port):
    socket.create_connection(("127.0.0.1", port)).close()
peers = [socket.create_server(("127.0.0.1", port)) for port in (upstream, beat)]
def timer():
    while True:
        reach(beat)
        time.sleep(0.1)
threading.Thread(target=timer, daemon=True).start()
server = socket.create_server(("127.0.0.1", control))
while True:
    asked, _ = server.accept()
    word = asked.recv(8)
    if word == b"web": socket.create_server(("127.0.0.1", web)).close()
    if word == b"sync": socket.create_server(("127.0.0.1", sync)).close()
    if word == b"fetch": reach(upstream)
    asked.sendall(b"23")
    asked.close()
`;

const ASK = `
import socket, sys
asked = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
asked.sendall(sys.argv[2].encode())
assert asked.recv(2) == b"23"
`;

describe("run --steps", () => {
  it("finds the function of each port, tells the background apart, and goes on after a step that fails", async ({
    skip,
  }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const ports: number[] = [];
    for (const name of ["control", "web", "sync", "upstream", "beat"]) ports.push(await here.port(name));
    const [control, web, sync, upstream, beat] = ports;
    const ask = (feature: string, word: string) => ({
      feature,
      command: [program("python3"), "-c", ASK, String(control), word],
      settle: "300ms",
    });
    const broken = { feature: "Broken", command: [program("sh"), "-c", "echo no harbour >&2; exit 3"], settle: "10ms" };
    const endless = { feature: "Endless", command: [program("sleep"), "1000"], timeout: "500ms" };
    const features = [ask("Web page", "web"), ask("Sync now", "sync"), ask("Fetch", "fetch"), broken, endless];
    const steps = { schema: "portolan.steps/1", ready: `port ${control}`, repeat: 3, features };
    writeFileSync(here.path("steps.yaml"), JSON.stringify(steps));
    const options = ["--json", "--steps", here.path("steps.yaml"), "--save", here.path("manifest.yaml")];
    const server = ["--", program("python3"), "-c", SERVER, ...ports.map(String)];
    const run = here.beside([launcher, "run", ...options, ...server]);
    run.input.end();
    expect(await run.ended()).toEqual({ status: 0, signal: undefined });
    const profile = JSON.parse(run.stdout);
    const certain = (feature: string) => [{ feature, seenIn: 3, of: 3, confidence: 1 }];
    const listen = (port?: number) => profile.listens.find((row: { port: number }) => row.port === port);
    const connect = (port?: number) =>
      profile.connects.find((row: { remote: { port: number } }) => row.remote.port === port);
    expect(listen(web).attribution).toEqual(certain("Web page"));
    expect(listen(sync).attribution).toEqual(certain("Sync now"));
    expect(listen(control).features).toEqual(["start-up"]);
    expect(connect(upstream).attribution).toEqual(certain("Fetch"));
    expect(connect(beat).features).toEqual(expect.arrayContaining(["idle", "Web page", "Sync now", "Fetch"]));
    for (const { confidence } of connect(beat).attribution) expect(confidence).toBeLessThan(1);
    expect(connect(control)).toBeUndefined();
    const failed = profile.steps.filter(({ exitStatus }: { exitStatus?: number }) => exitStatus !== 0);
    expect(failed.map(({ feature }: { feature: string }) => feature).sort()).toEqual([
      ...["Broken", "Broken", "Broken", "Endless", "Endless", "Endless"],
    ]);
    expect(failed.find(({ feature }: { feature: string }) => feature === "Broken")).toMatchObject({
      exitStatus: 3,
      output: "no harbour",
    });
    const manifest = readFileSync(here.path("manifest.yaml"), "utf8");
    expect(manifest).toContain(`port: ${web}, scope: loopback, feature: "Web page" }`);
    expect(manifest).toMatch(new RegExp(`port: ${beat}, peers: \\["loopback"\\] }`));
  });

  it("tells verify's reader which step failed", async () => {
    const here = stage();
    const features = [{ feature: "Broken", command: "false", settle: "10ms" }];
    const steps = { schema: "portolan.steps/1", ready: "10ms", features };
    writeFileSync(here.path("steps.yaml"), JSON.stringify(steps));
    writeFileSync(here.path("manifest.yaml"), "schema: portolan.manifest/1\napplication: sleep\n");
    const words = [here.path("manifest.yaml"), "--steps", here.path("steps.yaml"), "--", program("sleep"), "1000"];
    const verify = here.beside([launcher, "verify", ...words]);
    expect((await verify.ended()).status).toBe(0);
    expect(verify.stderr).toContain('portolan: Step "Broken", time 1, ended with 1.');
  });

  it("says where a file of steps is wrong before anything starts", async () => {
    const here = stage();
    writeFileSync(here.path("steps.yaml"), "schema: portolan.steps/1\nrepeat: 0\nfeatures: []\n");
    writeFileSync(here.path("manifest.yaml"), "schema: portolan.manifest/1\napplication: sh\n");
    for (const verb of [["run"], ["verify", here.path("manifest.yaml")]]) {
      const words = ["--steps", here.path("steps.yaml"), "--", program("sh"), "-c", "echo started"];
      const started = here.beside([launcher, ...verb, ...words]);
      expect((await started.ended()).status).toBe(65);
      expect(started.stderr).toContain("steps.yaml:2:9: repeat must be a whole number from 1 to 1000");
      expect(started.stdout + started.stderr).not.toContain("started");
    }
  });
});
