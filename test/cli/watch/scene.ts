import type { CollectorEvent } from "../../../src/model/event.ts";
import { at, flow, listen, process as processEvent, START } from "../../analyze/events.ts";

const nginx = processEvent(100, {
  name: "nginx",
  executable: "/usr/sbin/nginx",
  arguments: ["nginx", "-g", "daemon off;"],
  user: "root",
  uid: 0,
  unit: "nginx.service",
  parents: [{ pid: 1, name: "systemd" }],
  modules: ["/usr/sbin/nginx", "/usr/lib/x86_64-linux-gnu/libc.so.6"],
});
/** A process that would clear the screen, and one whose name is wider than its characters are many. */
const hostile = processEvent(101, { name: "\x1b[2J\u202eevil", user: "eve\n", uid: 1000 });
const wide = processEvent(102, { name: "日本語のなまえ", executable: "/opt/日本語のなまえ", uid: 1001 });

const by = (pid: number) => ({ process: { pid, startedAt: START } });
const outbound = { direction: "outbound", evidence: { source: "context" } } as const;
const long = { ended: false, bytesIn: 0, bytesOut: 0 };

const QUERY = ["fe80::1%eth0:40001", "2001:db8:85a3:8d3:1319:8a2e:370:7348:53"] as const;
const query = { ...by(102), ...outbound, protocol: "udp", ended: false } as const;

/** Some of everything that a watch tells of. */
export const EVERYTHING: CollectorEvent[] = [
  nginx,
  hostile,
  wide,
  listen("web", "0.0.0.0", 443, { ...by(100), evidence: { source: "holder" } }),
  flow("old", "10.0.0.1:443", "10.0.0.7:51000", { ...by(100), ...long, evidence: { source: "holder" } }),
  listen("dns", "::1", 53, { ...by(102), at: at(1), protocol: "udp", portChosenBy: "system" }),
  flow("try", "10.0.0.1:40000", "10.0.0.9:5432", { ...by(101), ...outbound, at: at(1), begun: false, ended: false }),
  flow("try", "10.0.0.1:40000", "10.0.0.9:5432", {
    ...by(101),
    ...outbound,
    at: at(131.5),
    begun: false,
    failed: "ETIMEDOUT",
  }),
  flow("short", "10.0.0.1:443", "10.0.0.8:51001", { ...by(100), startedAt: at(2), at: at(2.25) }),
  flow("query", ...QUERY, { ...query, startedAt: at(3), bytesIn: 101, bytesOut: 37 }),
  flow("query", ...QUERY, { ...query, at: at(4), begun: false, bytesIn: 1009, bytesOut: 7 }),
  {
    kind: "bind-failed",
    at: at(6),
    protocol: "tcp",
    local: { address: "0.0.0.0", port: 443 },
    error: "EADDRINUSE",
    ...by(101),
  },
  {
    kind: "gap",
    at: at(7),
    gap: { from: at(6), until: at(7), reason: "the ring buffer was full: connections were lost", lost: 23 },
  },
  { kind: "unlisten", at: at(8), socket: "dns" },
  { kind: "exit", at: at(9), process: { pid: 102, startedAt: START } },
];
