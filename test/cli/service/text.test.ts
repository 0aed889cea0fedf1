import { describe, expect, test } from "vitest";
import { installedText, statusText } from "../../../src/cli/service/text.ts";
import { portolan } from "../made-up-world.ts";

const base = {
  schema: "portolan.service/1" as const,
  host: "harbour",
  checkedAt: "2026-11-24T09:00:00.000000Z",
  unit: "portolan.service",
  manager: "systemd" as const,
  installed: true,
  atBoot: true,
  active: "active",
};

describe("status in words", () => {
  test.each([
    [
      { ...base, pid: 4711, since: "Tue 2026-11-24 09:00:01 UTC", status: "recording\x1b[31m" },
      /^The recorder runs as process 4711 since Tue .*; it starts with the machine\.\nIt says: recording\\x1b\[31m\n$/,
    ],
    [{ ...base, active: "failed", result: "watchdog" }, /^The recorder failed \(watchdog\);.*\nSee why: {2}journalctl/],
    [
      { ...base, active: "inactive", atBoot: false },
      /does not run \(inactive\); it does not start with the machine\.\nStart it:/,
    ],
    [
      { ...base, installed: false, active: "inactive" },
      /not installed as a service\.\nInstall it: {2}sudo \.\/portolan service install\n$/,
    ],
    [{ ...base, manager: "none" as const, installed: false, active: "unknown" }, /^There is no systemd here/],
  ])("%#", (document, expected) => {
    expect(statusText(document)).toMatch(expected);
  });
});

test("an installation that others may change is said to be one", () => {
  const files = { unitFile: "/etc/systemd/system/portolan.service", configurationFile: "/etc/portolan/portolan.toml" };
  expect(installedText({ ...files, configurationKept: true })).not.toContain("Caution");
  expect(installedText({ ...files, configurationKept: false, writable: "/srv/portolan" })).toContain(
    "Caution: not only root can write to /srv/portolan",
  );
});

describe("mistakes", () => {
  test.each([
    [["service"], /needs to be told what to do/],
    [["service", "instal"], /did you mean install\?/],
    [["service", "start", "now"], /takes no word "now"/],
    [["service", "start", "--json"], /--json belongs to "service status"/],
    [["service", "status", "--print"], /--print belongs to "service install"/],
  ])("%j", async (argv, expected) => {
    const { status, stderr } = await portolan(argv);
    expect(stderr).toMatch(expected);
    expect(status).toBe(64);
  });
});
