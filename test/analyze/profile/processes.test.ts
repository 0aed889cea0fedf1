import { describe, expect, it } from "vitest";
import type { CollectorEvent } from "../../../src/model/event.ts";
import { at, flow, listen, process, profileOf, START } from "../events.ts";

describe("processes and binds", () => {
  it("describes a process as its latest exec does, and says when it ended", () => {
    const profile = profileOf([
      process(100, { name: "sh", arguments: ["sh", "-c", "nginx"], parents: [{ pid: 1, name: "init" }] }),
      process(100, { name: "nginx", executable: "/usr/sbin/nginx" }),
      { kind: "exit", at: at(3), process: { pid: 100, startedAt: START } },
      process(100, { startedAt: START + 1 }),
    ]);
    expect(profile.processes).toEqual([
      {
        pid: 100,
        startTime: "2026-11-23T09:00:00.000000Z",
        endTime: "2026-11-23T09:00:03.000000Z",
        name: "nginx",
        executable: "/usr/sbin/nginx",
        parents: [{ pid: 1, name: "init" }],
      },
      { pid: 100, startTime: "2026-11-23T09:00:00.000001Z", name: "nginx" },
    ]);
  });

  it("counts the pids of which nothing else is known", () => {
    expect(
      profileOf([process(100), listen("s", "::", 80), flow("f", "::1:80", "::1:9")]).coverage.processesUnknown,
    ).toBe(1);
  });

  it("joins equal failed binds", () => {
    const bind = (pid: number): CollectorEvent => ({
      kind: "bind-failed",
      at: START,
      protocol: "tcp",
      local: { address: "0.0.0.0", port: 80 },
      error: "EADDRINUSE",
      process: { pid, startedAt: START },
    });
    const profile = profileOf([bind(7), bind(5), bind(7)]);
    expect(profile.usesNetwork).toBe(true);
    expect(profile.failedBinds).toEqual([
      { protocol: "tcp", address: "0.0.0.0", port: 80, error: "EADDRINUSE", pids: [5, 7], count: 3 },
    ]);
  });
});
