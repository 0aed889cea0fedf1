import { describe, expect, test } from "vitest";
import { displayWidth } from "../../src/cli/width.ts";
import { process, snapshot, socket } from "../model/world.ts";
import { inWorld, portolan } from "./made-up-world.ts";

const nginx = [process({ pid: 812, name: "nginx" }), process({ pid: 815, name: "nginx", user: "www-data", uid: 33 })];
const web = socket({ local: { address: "0.0.0.0", port: 443 }, application: "nginx", processes: nginx });
const client = socket({
  state: "ESTABLISHED",
  local: { address: "2001:db8:85a3:8d3:1319:8a2e:370:7348", port: 51_234 },
  remote: { address: "2001:db8::15:af:ff12", port: 443 },
  application: "example-sync",
  processes: [process({ pid: 2_345_678, name: "example-sync", user: "alice", uid: 1000 })],
});
const resolver = socket({
  protocol: "udp",
  state: "BOUND",
  local: { address: "127.0.0.53", port: 53 },
  application: "systemd-resolved",
  processes: [process({ pid: 501, name: "systemd-resolve", user: "systemd-resolve", uid: 101 })],
});
const waiting = socket({
  state: "TIME_WAIT",
  local: { address: "10.0.0.5", port: 55_000 },
  remote: { address: "192.0.2.7", port: 80 },
});
const nfs = socket({ local: { address: "0.0.0.0", port: 2049 }, evidence: { source: "kernel" } });
const hidden = socket({ local: { address: "0.0.0.0", port: 25 }, evidence: { source: "unknown" } });
const doubtful = socket({
  local: { address: "0.0.0.0", port: 26 },
  evidence: { source: "ambiguous", candidates: [70, 71] },
});

const everything = () => inWorld({ snapshots: [snapshot([client, waiting, resolver, nfs, web, hidden, doubtful])] });

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

describe("the table", () => {
  test("fits a terminal of 80 columns", async () => {
    const { stdout, status } = await portolan(["ls", ...everything()], { columns: 80 });
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "PROTO  STATE        LOCAL               REMOTE              PID      APPLICATION
      tcp    LISTEN       0.0.0.0:25          -                   ?        (unknown)
      tcp    LISTEN       0.0.0.0:26          -                   70?,71?  (unknown)
      tcp    LISTEN       0.0.0.0:443         -                   812,815  nginx
      tcp    LISTEN       0.0.0.0:2049        -                   -        (kernel)
      udp    BOUND        127.0.0.53:53       -                   501      systemd-re…
      tcp    ESTABLISHED  [2001:db…48]:51234  [2001:db…ff12]:443  2345678  example-sy…
      tcp    TIME_WAIT    10.0.0.5:55000      192.0.2.7:80        -        -
      "
    `);
    for (const line of linesOf(stdout)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  test("shows everything where it is no terminal", async () => {
    const { stdout } = await portolan(["ls", ...everything()]);
    expect(stdout).toMatchInlineSnapshot(`
      "PROTO  STATE        LOCAL                                         REMOTE                      PID      APPLICATION       USER
      tcp    LISTEN       0.0.0.0:25                                    -                           ?        (unknown)         ?
      tcp    LISTEN       0.0.0.0:26                                    -                           70?,71?  (unknown)         ?
      tcp    LISTEN       0.0.0.0:443                                   -                           812,815  nginx             root,www-data
      tcp    LISTEN       0.0.0.0:2049                                  -                           -        (kernel)          -
      udp    BOUND        127.0.0.53:53                                 -                           501      systemd-resolved  systemd-resolve
      tcp    ESTABLISHED  [2001:db8:85a3:8d3:1319:8a2e:370:7348]:51234  [2001:db8::15:af:ff12]:443  2345678  example-sync      alice
      tcp    TIME_WAIT    10.0.0.5:55000                                192.0.2.7:80                -        -                 -
      "
    `);
  });

  test("has colour only where the terminal takes it", async () => {
    const coloured = await portolan(["ls", ...everything()], { columns: 80, colour: true });
    const plain = await portolan(["ls", ...everything()], { columns: 80 });
    expect(coloured.stdout).toContain("\x1b[1mPROTO");
    expect(plain.stdout).not.toContain("\x1b");
  });

  test.each([60, 70, 80, 97, 132, 200])("fits %i columns with 23 processes on one socket", async (columns) => {
    const many = Array.from({ length: 23 }, (_, index) => process({ pid: 4_000_000 + index, name: "worker" }));
    const world = inWorld({ snapshots: [snapshot([{ ...web, processes: many }, client])] });
    const { stdout } = await portolan(["ls", ...world], { columns });
    const narrowest = 70;
    for (const line of linesOf(stdout)) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(columns, narrowest));
    for (const { pid } of many) expect(stdout).toContain(String(pid));
    expect(stdout).toContain(":443");
    expect(stdout).toContain(":51234");
  });

  test("shows each process of a socket on one line where it is no terminal", async () => {
    const many = Array.from({ length: 23 }, (_, index) => process({ pid: 4_000_000 + index, name: "worker" }));
    const world = inWorld({ snapshots: [snapshot([{ ...web, processes: many }])] });
    const { stdout } = await portolan(["ls", ...world]);
    expect(linesOf(stdout)).toHaveLength(2);
    expect(stdout).toContain(many.map(({ pid }) => pid).join(","));
  });

  test("says so when nothing is found", async () => {
    const { stdout, status } = await portolan(["ls", ...inWorld({ snapshots: [snapshot([])] })]);
    expect({ stdout, status }).toEqual({ stdout: "no socket found\n", status: 0 });
  });
});

describe("names that a process chose", () => {
  test("never reach the terminal as they are", async () => {
    const hostile = "\x1b[31mred\n\x07\u202egpj.exe\u009b1m\ud800\u200b";
    const owner = process({ pid: 7, name: hostile, user: hostile, arguments: [hostile], modules: [hostile] });
    const world = inWorld({ snapshots: [snapshot([socket({ application: hostile, processes: [owner] })])] });
    for (const format of [[], ["-v"], ["--json"], ["--ndjson"], ["--csv"]]) {
      const { stdout } = await portolan(["ls", ...format, ...world]);
      expect(stdout.replaceAll("\r\n", "").replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
    const { stdout } = await portolan(["ls", ...world]);
    expect(stdout).toContain("\\x1b[31mred\\x0a\\x07\\u{202e}gpj.exe\\x9b1m\\u{d800}\\u{200b}");
  });

  test("keep the columns straight when they are wide", async () => {
    const wide = process({ pid: 7, name: "港湾管理", user: "山田" });
    const accent = process({ pid: 8, name: "cafe\u0301", user: "zoe\u0308" });
    const world = inWorld({
      snapshots: [
        snapshot([
          socket({ application: "港湾管理サーバー", processes: [wide] }),
          socket({ local: { address: "127.0.0.1", port: 81 }, application: "cafe\u0301", processes: [accent] }),
        ]),
      ],
    });
    const { stdout } = await portolan(["ls", ...world]);
    const [heading = "", first = "", second = ""] = linesOf(stdout);
    const column = heading.indexOf("USER");
    expect(displayWidth(first.slice(0, first.indexOf("山田")))).toBe(column);
    expect(displayWidth(second.slice(0, second.indexOf("zoe")))).toBe(column);
  });
});

describe("with -v", () => {
  test("adds what is known of each process, and lists its modules once", async () => {
    const owner = process({
      pid: 9,
      name: "web",
      arguments: ["/usr/bin/web", "--port", "80"],
      unit: "web.service",
      container: "0123456789ab",
      package: "web",
      parents: [{ pid: 1, name: "systemd" }],
      modules: ["/usr/bin/web", "/usr/lib/libc.so.6"],
    });
    const second = socket({ local: { address: "127.0.0.1", port: 81 }, processes: [owner], networkNamespace: 4 });
    const world = inWorld({ snapshots: [snapshot([socket({ processes: [owner] }), second])] });
    const { stdout } = await portolan(["ls", "-v", ...world]);
    expect(stdout).toMatchInlineSnapshot(`
      "PROTO  STATE   LOCAL         REMOTE  PID  APPLICATION  USER
      tcp    LISTEN  127.0.0.1:80  -       9    web          root
            network namespace 4026531840
            9 web: /usr/bin/web --port 80
              unit web.service
              container 0123456789ab
              package web
              parents systemd (1)
              module /usr/bin/web
              module /usr/lib/libc.so.6
      tcp    LISTEN  127.0.0.1:81  -       9    web          root
            network namespace 4
            9 web: /usr/bin/web --port 80
              unit web.service
              container 0123456789ab
              package web
              parents systemd (1)
              modules as listed above for 9
      "
    `);
  });
});

describe("what may be missing", () => {
  test("is said first and on stderr", async () => {
    const gaps = [{ from: 1, until: 2, reason: "3 processes of other users could not be read" }];
    const world = inWorld({
      snapshots: [snapshot([nfs], { gaps })],
      degradations: [{ what: "owners of some sockets", remedy: "sudo ./portolan ls" }],
    });
    const { stderr } = await portolan(["ls", ...world]);
    expect(stderr).toMatchInlineSnapshot(`
      "incomplete: owners of some sockets; to get it: sudo ./portolan ls
      incomplete: 3 processes of other users could not be read
      "
    `);
  });
});
