import { expect, test } from "vitest";
import { applicationOf, identify } from "../../../../src/collect/linux/owners/application.ts";
import type { Process } from "../../../../src/model/process.ts";

const process = (more: Partial<Process>): Process => ({ pid: 2, startedAt: 0, name: "comm", ...more });
const everything = {
  unit: "nginx.service",
  container: "0123456789abcdef".repeat(4),
  package: "nginx-core",
  executable: "/usr/sbin/nginx",
};

test("unit before container before package before executable before name", () => {
  const { unit, container, package: pack, executable } = everything;
  expect(identify(process(everything))).toBe("nginx");
  expect(identify(process({ container, package: pack, executable }))).toBe("0123456789ab");
  expect(identify(process({ package: pack, executable }))).toBe("nginx-core");
  expect(identify(process({ executable }))).toBe("nginx");
  expect(identify(process({}))).toBe("comm");
  expect(identify(process({ unit, container }))).toBe("nginx");
});

test("names of units and containers are kept but for what machines added", () => {
  expect(identify(process({ unit: "getty@tty1.service" }))).toBe("getty@tty1");
  expect(identify(process({ container: "web" }))).toBe("web");
});

test("an executable that was replaced since is still that program", () => {
  expect(identify(process({ executable: "/opt/my app/server (deleted)" }))).toBe("server");
});

test("of several holders, process 1 is named last", () => {
  const init = process({ pid: 1, executable: "/usr/lib/systemd/systemd" });
  expect(applicationOf([init, process(everything)])).toBe("nginx");
  expect(applicationOf([init])).toBe("systemd");
  expect(applicationOf([])).toBeUndefined();
});
