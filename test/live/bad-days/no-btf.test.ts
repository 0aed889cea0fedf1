import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import { portolanWith } from "../observer.ts";
import { stages } from "../staged.ts";
import { expectFallback, pair, portolan, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare");
const stage = stages();
const around = () => privateMounts("mount -t tmpfs none /sys/kernel/btf");

describe("a kernel that does not describe its types", () => {
  it("is followed from /proc by run, and its first line says what would bring more", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "2s"));
    const port = await here.port("pair");
    const started = here.observe(pair(port), { around: around() });
    expect(await started.ended()).toMatchObject({ status: 0 });
    const profile = here.profile();
    const remedy = profile.degradations[0]?.remedy ?? "a remedy";
    expectFallback(profile, started.stderr, port, remedy);
    expect(profile.degradations[0]?.what).toContain("BTF");
  });

  it("is told by doctor, and ls answers all the same", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    expect(await portolan(here, ["ls", "--json"], around())).toMatchObject({ status: 0 });
    const { status, stdout } = await portolan(here, ["doctor"], around());
    expect(status).toBe(0);
    expect(stdout).toMatch(/no {3}ebpf: .*\n {7}- This kernel does not describe its types \(BTF\)/);
  });
});
