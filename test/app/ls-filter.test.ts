import { describe, expect, test } from "vitest";
import { readFilter } from "../../src/app/filter.ts";
import { inOrder } from "../../src/app/ls.ts";
import { Problem } from "../../src/model/problem.ts";
import { process, socket } from "../model/world.ts";

const web = socket({
  application: "web",
  local: { address: "0.0.0.0", port: 443 },
  processes: [
    process({
      pid: 10,
      name: "nginx",
      executable: "/usr/sbin/nginx",
      user: "www-data",
      uid: 33,
      unit: "nginx.service",
    }),
  ],
});
const browser = socket({
  state: "ESTABLISHED",
  local: { address: "10.0.0.1", port: 50_000 },
  remote: { address: "10.0.0.2", port: 443 },
  processes: [process({ pid: 11, name: "curl", executable: "/usr/bin/curl", user: "alice", uid: 1000 })],
});
const dns = socket({ protocol: "udp", state: "BOUND", local: { address: "0.0.0.0", port: 53 } });
const query = socket({
  protocol: "udp",
  state: "CONNECTED",
  local: { address: "10.0.0.1", port: 1234 },
  remote: { address: "10.0.0.3", port: 53 },
  evidence: { source: "ambiguous", candidates: [10, 12] },
});
const all = { web, browser, dns, query };

describe("filters", () => {
  test.each([
    ["", ["web", "browser", "dns", "query"]],
    ["tcp", ["web", "browser"]],
    ["udp", ["dns", "query"]],
    ["tcp udp", ["web", "browser", "dns", "query"]],
    ["listening", ["web", "dns"]],
    ["listening tcp", ["web"]],
    [":443", ["web", "browser"]],
    [":443 :53", ["web", "browser", "dns", "query"]],
    [":443 :53 udp", ["dns", "query"]],
    ["pid:10", ["web", "query"]],
    ["pid:10 pid:11", ["web", "browser", "query"]],
    ["app:web", ["web"]],
    ["app:nginx", ["web"]],
    ["app:/usr/bin/curl", ["browser"]],
    ["app:url", []],
    ["user:alice", ["browser"]],
    ["user:33", ["web"]],
    ["unit:nginx", ["web"]],
    ["unit:nginx.service", ["web"]],
    [":65535", []],
  ])("%s", (text, expected) => {
    const { test: isMeant } = readFilter(text.split(" ").filter(Boolean));
    expect(Object.entries(all).flatMap(([name, each]) => (isMeant(each) ? [name] : []))).toEqual(expected);
  });

  test.each([
    ["80", "./portolan ls :80"],
    ["nginx", "./portolan ls app:nginx"],
    ["LISTEN", "./portolan ls listening"],
    [":", "./portolan ls --help"],
    [":x", "./portolan ls --help"],
    [":65536", "./portolan ls --help"],
    ["pid:", "./portolan ls --help"],
    ["pid:nginx", "./portolan ls app:nginx"],
    ["pid:-1", "./portolan ls --help"],
    ["host:x", "./portolan ls --help"],
  ])("%s is none, and the problem says what to type", (word, next) => {
    expect(() => readFilter([word])).toThrow(Problem);
    expect(() => readFilter([word])).toThrow(expect.objectContaining({ code: "bad-filter", next }));
  });

  test("tell a collector what it may leave out, and nothing more", () => {
    expect(readFilter(["tcp", "listening"]).only).toEqual({ protocol: "tcp", listening: true });
    expect(readFilter(["tcp", "udp"]).only).toEqual({});
    expect(readFilter(["unit:x"]).needsUnits).toBe(true);
  });
});

describe("the order", () => {
  const tcp = (port: number, remote?: number) =>
    socket(
      remote === undefined
        ? { local: { address: "::", port } }
        : { ...browser, local: { address: "::", port }, remote: { address: "::1", port: remote } },
    );

  test("listeners first, then protocol, port, remote port; else as the collector had it", () => {
    const first = { ...tcp(80), networkNamespace: 1 };
    const second = { ...tcp(80), networkNamespace: 2 };
    const shuffled = [query, tcp(70, 9), dns, tcp(70, 8), first, tcp(65_535), second, tcp(0)];
    expect(inOrder(shuffled)).toEqual([tcp(0), first, second, tcp(65_535), dns, tcp(70, 8), tcp(70, 9), query]);
  });

  test("loses none of 300,007 sockets", () => {
    const many = Array.from({ length: 300_007 }, (_, index) => tcp((index * 7919) % 65_536));
    const ordered = inOrder(many);
    expect(new Set(ordered).size).toBe(300_007);
    expect(
      ordered.every((each, index) => index === 0 || each.local.port >= (ordered[index - 1]?.local.port ?? 0)),
    ).toBe(true);
  });
});
