import { describe, expect, test } from "vitest";
import { changesBetween } from "../../../src/analyze/diff/diff.ts";
import { ofManifest, ofProfile } from "../../../src/analyze/diff/statements.ts";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import { flow, listen, outbound, process, profileOf, START } from "../events.ts";

const manifest = (text: string) =>
  ofManifest(parseManifest(`schema: portolan.manifest/1\napplication: a\n${text}`, "m"));
const profile = (...events: CollectorEvent[]) => ofProfile(profileOf(events));
const by = (pid: number) => ({ process: { pid, startedAt: START } });
const server = (pid: number) => process(pid, { executable: "/usr/sbin/server" });

describe("of manifests", () => {
  test("how lines are grouped is no change", () => {
    const one = manifest("connects: [{ protocol: tcp, port: [80, 443], peers: [a.example, b.example] }]");
    const other = manifest(
      "connects: [{ protocol: tcp, port: 443, peers: [b.example, a.example] }, { protocol: tcp, port: 80, peers: [a.example, b.example] }]",
    );
    expect(changesBetween(one, other)).toEqual([]);
  });

  test("lines that came and went, and a scope that grew", () => {
    const before = manifest(
      "listens: [{ protocol: tcp, port: 80, scope: loopback }, { protocol: udp, port: 53, scope: network }]",
    );
    const after = manifest(
      "listens: [{ protocol: tcp, port: 80, scope: network }, { protocol: tcp, port: 81, scope: network }]",
    );
    expect(changesBetween(before, after)).toEqual([
      { change: "opened", use: "listen", protocol: "tcp", ports: "81", scope: "network" },
      { change: "exposed", use: "listen", protocol: "tcp", ports: "80", scope: "network" },
      { change: "closed", use: "listen", protocol: "udp", ports: "53", scope: "network" },
    ]);
    expect(changesBetween(after, before).map(({ change }) => change)).toEqual(["opened", "closed", "withdrawn"]);
  });
});

describe("of profiles", () => {
  test("another pid, another dynamic port and another address of the same name are no change", () => {
    const seen = (pid: number, port: number, address: string) =>
      profile(
        server(pid),
        listen("s", "127.0.0.1", 80, by(pid)),
        listen("d", "127.0.0.1", port, { portChosenBy: "system", ...by(pid) }),
        { kind: "name", at: START, name: "peer.example", addresses: [address] },
        flow("f", "192.0.2.1:40000", `${address}:443`, { ...outbound, ...by(pid) }),
      );
    expect(changesBetween(seen(100, 40001, "203.0.113.1"), seen(200, 40002, "203.0.113.2"))).toEqual([]);
  });

  test("another executable behind a port is a change of its owner", () => {
    const before = profile(server(100), listen("s", "0.0.0.0", 80, by(100)));
    const after = profile(process(100, { executable: "/tmp/server" }), listen("s", "0.0.0.0", 80, by(100)));
    expect(changesBetween(before, after)).toEqual([
      {
        change: "owner",
        use: "listen",
        protocol: "tcp",
        ports: "80",
        scope: "network",
        before: ["/usr/sbin/server"],
        after: ["/tmp/server"],
      },
    ]);
  });

  test("beside a manifest no owner has changed, since it names none", () => {
    const seen = profile(server(100), listen("s", "0.0.0.0", 80, by(100)));
    expect(changesBetween(manifest("listens: [{ protocol: tcp, port: 80, scope: network }]"), seen)).toEqual([]);
  });
});
