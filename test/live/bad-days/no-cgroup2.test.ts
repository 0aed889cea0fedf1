import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import { portolanWith } from "../observer.ts";
import { stages } from "../staged.ts";
import { expectNoBug, firstLine, pair, portolan, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare");
const stage = stages();
const unmount = `awk '$3 == "cgroup2" { print $2 }' /proc/self/mounts | xargs -r umount -l`;

describe("without a cgroup v2 mount", () => {
  it("run sees TCP from the first instruction, and names what it cannot see of UDP", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "1s"));
    const port = await here.port("pair");
    const started = here.observe(pair(port), { around: privateMounts(unmount) });
    expect(await started.ended()).toMatchObject({ status: 0 });
    const profile = here.profile();
    expectNoBug(started.stderr);
    expect(profile).toMatchObject({ collector: "ebpf", usesNetwork: true });
    expect(profile.listens).toMatchObject([{ port, flows: 1, bytesIn: 101, bytesOut: 0 }]);
    expect(profile.connects).toMatchObject([{ remote: { port }, flows: 1, bytesIn: 0, bytesOut: 101 }]);
    expect(profile.degradations.length).toBeGreaterThan(0);
    for (const { what, remedy } of profile.degradations) {
      expect(what).toMatch(/UDP.*: cgroup v2 is not mounted$/);
      expect(remedy).toMatch(/^sudo .*mount -t cgroup2 none \/sys\/fs\/cgroup/);
    }
    expect(firstLine(started.stderr)).toMatch(/^Left out: .*mount -t cgroup2/);
    expect(started.stderr).toContain("Complete but for what is left out");
  });

  it("doctor says so", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout } = await portolan(stage(), ["doctor"], privateMounts(unmount));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Portolan works, without \d+ parts\./);
    expect(stdout).toContain("cgroup v2 is not mounted");
  });
});
