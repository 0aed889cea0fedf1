import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { serviceManager } from "../../../src/service/notify/manager.ts";
import { addressOf, openNotifySocket } from "../../../src/service/notify/socket.ts";

/** Receives `count` datagrams at the address given as a word, and prints each as a line of JSON. */
const RECEIVER = `
import json, socket, sys
address = sys.argv[1]
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.settimeout(20)
s.bind("\\0" + address[1:] if address.startswith("@") else address)
print("bound", flush=True)
for _ in range(int(sys.argv[2])):
    print(json.dumps(s.recv(65536).decode()), flush=True)
`;

/** What a real socket of this family at `address` receives while `send` runs. */
async function received(address: string, count: number, send: () => void): Promise<string[]> {
  const child = spawn("python3", ["-c", RECEIVER, address, String(count)], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    if (text === "") queueMicrotask(send);
    text += part;
  });
  await once(child, "exit");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => JSON.parse(line) as string);
}

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), "portolan-notify-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "notify");
}

describe("a service manager", () => {
  test.each([
    ["a path", path],
    ["an abstract name", () => `@portolan-test-${process.pid}`],
  ])("at %s hears that the recorder is ready, lives and stops", async (_, address) => {
    const socket = address();
    const heard = await received(socket, 4, () => {
      const manager = serviceManager({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: "30000000" }, process.pid);
      expect(manager.watchdogMilliseconds).toBe(30_000);
      manager.ready("recording to /var/lib/portolan/portolan.db");
      manager.alive();
      manager.status("two\nlines");
      manager.stopping();
      manager.close();
    });
    expect(heard).toEqual([
      "READY=1\nSTATUS=recording to /var/lib/portolan/portolan.db",
      "WATCHDOG=1",
      "STATUS=two lines",
      "STOPPING=1",
    ]);
  });

  test("that is not there is not spoken to", () => {
    const manager = serviceManager({}, process.pid);
    manager.ready("nobody hears it");
    manager.close();
    expect(manager.watchdogMilliseconds).toBeUndefined();
  });

  test("that went away is no error", () => {
    const socket = openNotifySocket(path());
    expect(socket?.send("WATCHDOG=1")).toBe(false);
    socket?.close();
  });

  test.each([
    [{ WATCHDOG_USEC: "30000000", WATCHDOG_PID: "1" }, undefined],
    [{ WATCHDOG_USEC: "30000000", WATCHDOG_PID: String(process.pid) }, 30_000],
    [{ WATCHDOG_USEC: "soon" }, undefined],
    [{ WATCHDOG_USEC: "0" }, undefined],
  ])("with %j wants a sign of life within %s ms", (environment, expected) => {
    const open = () => ({ send: () => true, close: () => {} });
    const manager = serviceManager({ NOTIFY_SOCKET: "/run/notify", ...environment }, process.pid, open);
    expect(manager.watchdogMilliseconds).toBe(expected);
  });
});

test("an address that no socket can have is none", () => {
  expect(addressOf("relative")).toBeUndefined();
  expect(addressOf(`/${"x".repeat(108)}`)).toBeUndefined();
  expect(addressOf(`@${"x".repeat(107)}`)?.length).toBe(110);
});
