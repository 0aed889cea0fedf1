import { expect, test } from "vitest";
import { countOf } from "../../bench/capture/portolan.ts";
import { nmap, PORTOLAN as QUERY } from "../../bench/query/scanners.ts";
import { mistake } from "../../bench/snapshot/held.ts";
import { lsof, netstat, PORTOLAN, ss } from "../../bench/snapshot/listers.ts";
import type { ProfileDocument } from "../../src/model/documents/profile.ts";

// A fast wrong answer must not pass: these are the judges of the answers.

const processes = [
  { pid: 71, sockets: 2 },
  { pid: 73, sockets: 0 },
];
const held = { total: 2, processes, release: async () => {} };

const right = {
  portolan: [
    PORTOLAN,
    "tcp  LISTEN       127.1.0.1:4000  -               71  hold  root\n" +
      "tcp  ESTABLISHED  127.0.0.1:5000  127.1.0.1:4000  71  hold  root\n",
  ],
  ss: [
    ss("-tunap"),
    'tcp LISTEN 0 16 127.1.0.1:4000 0.0.0.0:* users:(("hold",pid=71,fd=4))\n' +
      'tcp ESTAB 0 0 127.0.0.1:5000 127.1.0.1:4000 users:(("hold",pid=71,fd=5))\n',
  ],
  lsof: [
    lsof("-i"),
    "hold 71 root 4u IPv4 9 0t0 TCP 127.1.0.1:4000 (LISTEN)\n" +
      "hold 71 root 5u IPv4 9 0t0 TCP 127.0.0.1:5000->127.1.0.1:4000 (ESTABLISHED)\n",
  ],
  netstat: [
    netstat("-tunap"),
    "tcp 0 0 127.1.0.1:4000 0.0.0.0:* LISTEN 71/hold\n" + "tcp 0 0 127.0.0.1:5000 127.1.0.1:4000 ESTABLISHED 71/hold\n",
  ],
} as const;

test.each(Object.entries(right))("%s: the right answer passes, a wrong one does not", (_, [{ pidOf }, text]) => {
  expect(mistake(text, pidOf, held)).toBeUndefined();
  expect(mistake(text.split("\n").slice(1).join("\n"), pidOf, held)).toBe("1 of 2 sockets");
  expect(mistake(text + text, pidOf, held)).toBe("4 of 2 sockets");
  expect(mistake(text.replace("71", "72"), pidOf, held)).toBe("1 of 2 sockets");
  expect(mistake(text.replace("71", "73"), pidOf, held)).toBe("wrong for 2 of 2 processes");
  expect(mistake(text.replace(/71/g, "-"), pidOf, held)).toBe("0 of 2 sockets");
  expect(mistake(text + text.replace(/71/g, "72"), pidOf, held)).toBeUndefined();
});

test("a profile counts by its weaker side, only for the load's own process, and not at all with a gap", () => {
  const load = { pid: 71, port: 4000, connections: 23, microseconds: 1 };
  const profile = {
    collector: "ebpf",
    complete: true,
    gaps: [],
    connects: [
      { pids: [71], remote: { address: "127.0.0.1", port: 4000 }, flows: 23 },
      { pids: [72], remote: { address: "127.0.0.1", port: 4000 }, flows: 5 },
    ],
    listens: [{ pids: [71], port: 4000, flows: 22 }],
  } as unknown as ProfileDocument;
  expect(countOf(load, profile).counted).toBe(22);
  const gaps = [{ from: "", until: "", reason: "ring full", lost: 3 }];
  expect(countOf(load, { ...profile, complete: false, gaps })).toEqual({
    load,
    counted: 0,
    remark: "gap: ring full (3 lost)",
  });
});

test("a scanner's open ports are read, and nothing else", () => {
  const ours =
    "tcp 9    discard  listening      0.12  connected\ntcp 443  https    not listening  0.12  reset\n" +
    "tcp 22   ssh      listening       1.1  connected\n         answers ssh:\n           | tcp 80 is listening \n";
  expect(QUERY.open(ours)).toEqual([9, 22]);
  expect(nmap().open("PORT   STATE SERVICE\n22/tcp open  ssh\n9/tcp open  discard\n80/tcp closed http\n")).toEqual([
    9, 22,
  ]);
});
