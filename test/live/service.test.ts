import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitText } from "../../src/service/systemd/unit.ts";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import type { Stage } from "./stage.ts";
import { stages } from "./staged.ts";
import type { Started } from "./started.ts";
import { until } from "./until.ts";

const reason = lack("python3", "setpriv", "strace", "systemd-analyze");
const stage = stages();

const root = dirname(launcher);
const unit = unitText({
  command: [join(root, "dist/node"), join(root, "dist/main.cjs"), "record"],
  stateFolder: "portolan",
  documentation: join(root, "docs/record.md"),
});

/** What the unit says of `name`. */
function said(name: string): string {
  return new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1] ?? "";
}

/** Prints every datagram that comes to the socket at the address given, as a line of JSON. */
const RECEIVER = `
import json, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("bound", flush=True)
while True:
    print(json.dumps(s.recv(65536).decode()), flush=True)
`;

/** A recorder as systemd would start it, behind `around`, and what it tells the manager. */
async function service(here: Stage, around: string[] = []): Promise<{ recorder: Started; heard: () => string[] }> {
  const address = here.path("notify");
  const manager = here.beside([program("python3"), "-c", RECEIVER, address]);
  await until("the manager's socket", () => manager.stdout.startsWith("bound"));
  const command = [...said("ExecStart").split(" "), "--store", here.path("portolan.db")];
  const recorder = here.beside([...around, ...command], { NOTIFY_SOCKET: address, WATCHDOG_USEC: "400000" });
  const heard = () =>
    manager.stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line) as string);
  await until("the recorder", () => heard().some((text) => text.startsWith("READY=1")), 30_000);
  return { recorder, heard };
}

describe("the recorder as a service", () => {
  it("tells its manager that it is ready, lives and stops", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { recorder, heard } = await service(here);
    expect(heard()[0]).toBe(`READY=1\nSTATUS=recording to ${here.path("portolan.db")}`);
    await until("three signs of life", () => heard().filter((text) => text === "WATCHDOG=1").length >= 3);
    process.kill(recorder.pid, "SIGTERM");
    expect(await recorder.ended()).toMatchObject({ status: 0 });
    expect(heard()).toContain("STOPPING=1");
  });

  it("does with the capabilities that its unit leaves it", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const kept = said("CapabilityBoundingSet")
      .split(" ")
      .map((name) => `+${name.toLowerCase().replace("cap_", "")}`);
    const around = [program("setpriv"), `--bounding-set=-all,${kept.join(",")}`, "--no-new-privs"];
    const { recorder } = await service(here, around);
    process.kill(recorder.pid, "SIGTERM");
    expect(await recorder.ended()).toMatchObject({ status: 0 });
    expect(recorder.stderr).toContain('"collector":"ebpf"');
    // Nothing that a kernel or a right would have refused was left out.
    expect(recorder.stderr).not.toContain('"event":"degraded"');
  });

  it("makes no system call that its unit forbids", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const trace = here.path("calls");
    const { recorder } = await service(here, [program("strace"), "-f", "-qq", "-o", trace]);
    const own = Number(execFileSync(program("pgrep"), ["-P", String(recorder.pid)], { encoding: "utf8" }));
    process.kill(own, "SIGTERM");
    expect(await recorder.ended()).toMatchObject({ status: 0 });
    const made = new Set(
      [...readFileSync(trace, "utf8").matchAll(/^\d+ +(?:\.{3} )?(\w+)[( ]/gm)].map(([, name]) => name ?? ""),
    );
    expect(made.has("bpf")).toBe(true);
    const allowed = new Set(said("SystemCallFilter").split(" ").flatMap(expanded));
    expect([...made].filter((name) => !allowed.has(name)).sort()).toEqual([]);
  });
});

/** The calls behind a name of a filter: sets begin with `@`, and hold calls and further sets. */
function expanded(name: string): string[] {
  if (!name.startsWith("@")) return [name];
  const text = execFileSync(program("systemd-analyze"), ["syscall-filter", "--no-pager", name], { encoding: "utf8" });
  const inside = text
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return inside.flatMap(expanded);
}
