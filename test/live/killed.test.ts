import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alive, descendants, lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { untilBound, untilListening } from "./port.ts";
import { stages } from "./staged.ts";
import { until } from "./until.ts";

const reason = lack("python3", "bpftool");
const stage = stages();

/** What `pids` hold in the kernel, by the ids that their descriptors tell (proc(5), /proc/PID/fdinfo). */
function held(pids: number[], field: "prog_id" | "map_id"): Set<number> {
  const ids = new Set<number>();
  for (const pid of pids) {
    for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
      try {
        const text = readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8");
        const id = new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(text)?.[1];
        if (id !== undefined) ids.add(Number(id));
      } catch {
        // The descriptor was closed since the folder was read.
      }
    }
  }
  return ids;
}

/** Those of `ids` that the kernel still has. */
function remaining(kind: "prog" | "map", ids: Set<number>): number[] {
  const all: { id: number }[] = JSON.parse(
    execFileSync(program("bpftool"), ["--json", kind, "show"], { encoding: "utf8" }),
  );
  return all.map(({ id }) => id).filter((id) => ids.has(id));
}

/** The folder of the cgroup v2 that `pid` is in (cgroups(7)). */
function cgroupOf(pid: number): string {
  const mount = /^\S+ (\S+) cgroup2 /m.exec(readFileSync("/proc/mounts", "utf8"))?.[1];
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
  if (mount === undefined || path === undefined) throw new Error("no cgroup v2");
  return join(mount, path);
}

describe("the application killed", () => {
  it("gives 137 and a report of what it did", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("web");
    const started = here.observe([program("python3"), "-m", "http.server", String(port), "--bind", "127.0.0.1"]);
    await untilListening(started, port);
    expect(await started.stop("SIGKILL")).toEqual({ status: 137, signal: undefined });
    expect(here.profile()).toMatchObject({ exitStatus: 137, complete: true, gaps: [] });
    expect(here.profile().listens).toMatchObject([{ address: "127.0.0.1", port, flows: 1 }]);
  });
});

describe("Portolan killed", () => {
  it("leaves the application alive, nothing in the kernel, and a cgroup that the next start removes", async ({
    skip,
  }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("web");
    const started = here.observe([program("python3"), "-m", "http.server", String(port), "--bind", "127.0.0.1"]);
    await untilBound(started, port);
    const application = await started.application();
    const own = [started.pid, ...descendants(started.pid)].filter((pid) => pid !== application);
    const [programs, maps] = [held(own, "prog_id"), held(own, "map_id")];
    expect(programs.size).toBeGreaterThan(0);
    expect(maps.size).toBeGreaterThan(0);
    const cgroup = cgroupOf(application);
    expect(cgroup).not.toBe(cgroupOf(process.pid));

    process.kill(started.pid, "SIGKILL");
    expect(await started.ended()).toEqual({ status: undefined, signal: "SIGKILL" });
    await until("its programs to be gone", () => remaining("prog", programs).length === 0);
    await until("its maps to be gone", () => remaining("map", maps).length === 0);
    expect(alive(application)).toBe(true);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(page.status).toBe(200);

    process.kill(application, "SIGKILL");
    await until("the end of the application", () => !alive(application));
    const next = here.beside([launcher, "run", "--", program("true")]);
    expect(await next.ended()).toMatchObject({ status: 0 });
    expect(existsSync(cgroup)).toBe(false);
  });
});
