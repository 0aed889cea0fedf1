import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { until } from "../until.ts";

const reason = lack("python3");
const stage = stages();

/** Listens on the port that it is told, greets whoever comes, until its input ends. */
const GREETER = `
import socket, sys, threading
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
def serve():
    while True:
        client, _ = server.accept()
        client.sendall(b"220 harbour\\x1b[31m ready\\r\\n")
        client.close()
threading.Thread(target=serve, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
`;

async function greeter(here: Stage): Promise<number> {
  const port = await here.port("greeter");
  const started = here.beside([program("python3"), "-c", GREETER, String(port)]);
  await until("the greeter", () => started.stdout.includes("ready"));
  return port;
}

async function portqry(here: Stage, words: string[], input = "") {
  const started = here.beside([launcher, "portqry", ...words]);
  started.input.end(input);
  const { status } = await started.ended();
  return { status, stdout: started.stdout, stderr: started.stderr };
}

describe("portqry", () => {
  it("answers a port by text and status, and by status alone", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const [open, closed] = [await greeter(here), await here.port("closed")];
    const asked = await portqry(here, ["-n", "127.0.0.1", "-e", String(open), "-nr"]);
    expect(asked.status).toBe(0);
    expect(asked.stdout).toBe(
      `\nQuerying target system called:\n\n 127.0.0.1\n\n\nquerying...\n\nTCP port ${open} (unknown service): LISTENING\n\n`,
    );
    expect(await portqry(here, ["-n", "127.0.0.1", "-e", String(closed), "-q"])).toEqual({
      status: 1,
      stdout: "",
      stderr: "",
    });
    expect((await portqry(here, ["-n", "127.0.0.1", "-p", "both", "-o", `${closed},${open}`, "-nr"])).status).toBe(0);
  });

  it("stops where a name cannot be resolved", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout } = await portqry(stage(), ["-n", "nowhere.invalid", "-e", "80"]);
    expect(status).toBe(99);
    expect(stdout).toMatch(/Failed to resolve name to IP address\n$/);
  });

  it("writes a log, and replaces one only when it may", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const [open, log] = [await greeter(here), here.path("log.txt")];
    const words = ["-n", "127.0.0.1", "-e", String(open), "-nr", "-l", log];
    expect((await portqry(here, words)).status).toBe(0);
    const text = readFileSync(log, "utf8");
    expect(text).toMatch(
      /^PortQry Version 2\.0 Log File\n\nSystem Date: \w{3} \w{3} \d\d \d\d:\d\d:\d\d \d{4}\n\nCommand run:\n portqry -n/,
    );
    expect(text).toMatch(/TCP port \d+ \(unknown service\): LISTENING\n\s*\n={9} end of log file ={9}\n$/);
    writeFileSync(log, "mine");
    expect((await portqry(here, words)).status).toBe(99);
    expect(readFileSync(log, "utf8")).toBe("mine");
    expect((await portqry(here, [...words, "-y"])).status).toBe(0);
    expect(readFileSync(log, "utf8")).toContain("end of log file");
  });

  it("talks, line by line", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const open = await greeter(here);
    const { status, stdout } = await portqry(here, ["-i", "-nr"], `set port=${open}\nq\nset port=x\nq\nexit\n`);
    expect(status).toBe(0);
    expect(stdout.match(/LISTENING/g)).toHaveLength(2);
    expect(stdout).toContain("does not go with port");
  });

  it("watches a port: tells it at once, and whenever it changes", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("watched");
    const watcher = here.beside([launcher, "portqry", "-wport", String(port), "-wt", "1200"]);
    await until(
      "the first look",
      () => watcher.stdout.includes("0 mappings") || watcher.stdout.includes("0 active ports found"),
    );
    const server = here.beside([program("python3"), "-c", GREETER, String(port)]);
    await until("the change", () => watcher.stdout.includes(`TCP ${port}`));
    server.input.end();
    const looks = () => watcher.stdout.split("System Date:");
    await until("the end of it", () => looks().length >= 4 && /\n0 \w[\w ]* found\n/.test(looks().at(-1) ?? ""));
    process.kill(watcher.pid, "SIGINT");
    expect(await watcher.ended()).toMatchObject({ status: 0 });
    expect(watcher.stdout).toContain(`escape key pressed: stopped watching port ${port}`);
  });

  it("is there under its own name", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const link = here.path("portqry");
    symlinkSync(join(launcher, "..", "portqry"), link);
    expect(existsSync(link)).toBe(true);
    const started = here.beside([program("sh"), "-c", `exec "$0" -?`, link]);
    started.input.end();
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(started.stdout).toMatch(/^PortQry's switches/);
  });
});
