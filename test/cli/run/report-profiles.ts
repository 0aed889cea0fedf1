import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { at, flow, listen, outbound, process, profileOf, START } from "../../analyze/events.ts";

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

export function nginx(): Profile {
  const workers = [101, 102, 103];
  return profileOf([
    process(100, { arguments: ["nginx", "-g", "daemon off;"] }),
    ...workers.map((pid) => process(pid, { arguments: ["nginx: worker process"] })),
    listen("a", "0.0.0.0", 80),
    listen("b", "::", 80),
    listen("c", "127.0.0.1", 8080),
    ...numbers(23).map((i) =>
      flow(`f${i}`, "192.0.2.1:80", `192.0.2.${7 + (i % 3)}:${40000 + i}`, {
        process: { pid: 101 + (i % 2), startedAt: START },
        bytesIn: 78,
        bytesOut: 612_853,
      }),
    ),
  ]);
}

export function curl(): Profile {
  const mine = { ...outbound, process: { pid: 200, startedAt: START } };
  const name = (text: string, addresses: string[]): CollectorEvent => ({
    kind: "name",
    at: START,
    name: text,
    addresses,
  });
  return profileOf(
    [
      process(200, { name: "curl", arguments: ["curl", "-sO", "https://files.example.net/chart.tar.gz"] }),
      flow("dns", "192.0.2.1:40000", "192.0.2.53:53", { ...mine, protocol: "udp", bytesIn: 180, bytesOut: 70 }),
      name("files.example.net", ["203.0.113.5", "2001:db8:85a3::8a2e:370:7334"]),
      flow("6", "[::]:0", "2001:db8:85a3::8a2e:370:7334:443", { ...mine, begun: false, failed: "ENETUNREACH" }),
      flow("4", "192.0.2.1:40001", "203.0.113.5:443", { ...mine, bytesIn: 45_678_901, bytesOut: 1_234 }),
      name("a-rather-long-name.for-a-mirror.downloads.example.org", ["203.0.113.77"]),
      flow("m", "192.0.2.1:40002", "203.0.113.77:8443", { ...mine, begun: false, failed: "ECONNREFUSED" }),
    ],
    { command: ["curl", "-sO", "https://files.example.net/chart.tar.gz"], exitStatus: 7 },
  );
}

export function nothing(): Profile {
  return profileOf([process(300, { name: "sort", arguments: ["sort", "words.txt"] })], {
    command: ["sort", "words.txt"],
  });
}

export function lossy(): Profile {
  return profileOf(
    [
      process(100, { startedAt: START - 60e6 }),
      { kind: "gap", at: at(2), gap: { from: at(1), until: at(2), reason: "the ring buffer was full", lost: 1234 } },
      { kind: "gap", at: at(5), gap: { from: at(4), until: at(5), reason: "the ring buffer was full", lost: 23 } },
      listen("a", "0.0.0.0", 80, { evidence: { source: "polled" } }),
      {
        kind: "bind-failed",
        at: at(3),
        protocol: "tcp",
        local: { address: "::", port: 443 },
        error: "EACCES",
        process: { pid: 100, startedAt: START },
      },
    ],
    {
      seenFromStart: false,
      collector: "procfs",
      degradations: [
        { what: "connections shorter than a second", remedy: "sudo ./portolan run --pid 100" },
        { what: "bytes of each connection", remedy: "sudo ./portolan run --pid 100" },
        { what: "the code that made a call" },
      ],
    },
  );
}

export function shortLived(): Profile {
  const pids = numbers(23).map((i) => 1000 + i);
  return profileOf(
    [
      process(999, { name: "sh", arguments: ["sh", "-c", "for i in $(seq 23); do nc -z 127.0.0.1 80; done"] }),
      ...pids.map((pid) =>
        process(pid, { name: "nc", arguments: ["nc", "-z", "127.0.0.1", "80"], startedAt: START + pid }),
      ),
      ...pids.map((pid) =>
        flow(`f${pid}`, "127.0.0.1:5", "127.0.0.1:80", {
          ...outbound,
          process: { pid, startedAt: START + pid },
          bytesIn: 0,
          bytesOut: 0,
        }),
      ),
    ],
    { command: ["sh", "-c", "…"] },
  );
}

export function many(): Profile {
  const flows = numbers(200_000).flatMap((i) => [
    flow(`o${i}`, `127.0.0.1:${i % 60000}`, "127.0.0.1:9000", { ...outbound, process: { pid: 401, startedAt: START } }),
    flow(`i${i}`, "127.0.0.1:9000", `127.0.0.1:${i % 60000}`, { process: { pid: 400, startedAt: START } }),
  ]);
  return profileOf(
    [
      process(400, { name: "node", arguments: ["node", "storm.js"] }),
      process(401, { name: "node", arguments: ["node", "storm.js", "client"] }),
      listen("s", "127.0.0.1", 9000, { portChosenBy: "system", process: { pid: 400, startedAt: START } }),
      ...flows,
    ],
    { command: ["node", "storm.js"] },
  );
}

export function hostile(): Profile {
  const evil = "\x1b[2J\nevil\u202e\x07";
  return profileOf(
    [
      process(500, { name: evil, arguments: [evil, "x".repeat(300), "\u0000"] }),
      { kind: "name", at: START, name: `${evil}.example`, addresses: ["203.0.113.5"] },
      flow("f", "192.0.2.1:9", "203.0.113.5:443", { ...outbound, process: { pid: 500, startedAt: START } }),
      { kind: "gap", at: at(2), gap: { from: at(1), until: at(2), reason: evil } },
    ],
    { command: [`/tmp/${evil}`], degradations: [{ what: evil, remedy: evil }] },
  );
}

export function passiveFtp(): Profile {
  return profileOf(
    [
      process(600, { name: "vsftpd", arguments: ["vsftpd", "/etc/vsftpd.conf"] }),
      listen("c", "::", 21, { process: { pid: 600, startedAt: START } }),
      flow("c", "::ffff:192.0.2.1:21", "::ffff:192.0.2.7:50000", { process: { pid: 600, startedAt: START } }),
      ...numbers(23).flatMap((i) => [
        listen(`d${i}`, "0.0.0.0", 32801 + 97 * i, { portChosenBy: "system", process: { pid: 600, startedAt: START } }),
        flow(`d${i}`, `192.0.2.1:${32801 + 97 * i}`, `192.0.2.7:${50001 + i}`, {
          process: { pid: 600, startedAt: START },
          bytesIn: 0,
          bytesOut: 1_000_003,
        }),
        { kind: "unlisten", at: at(3), socket: `d${i}` } as const,
      ]),
    ],
    { command: ["vsftpd", "/etc/vsftpd.conf"] },
  );
}
