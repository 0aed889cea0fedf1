import { describe, expect, it } from "vitest";
import { truthOf } from "./truth.ts";

const at = (port: number, address = "127.0.0.1") =>
  `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${address}")}`;
const trace = (...rows: string[]) => rows.map((row) => `100  00:00:00.000001 ${row}\n`).join("");
const tcp = (inode: number) => `socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[${inode}]>`;
const udp = (inode: number) => `socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK, IPPROTO_UDP) = 3<socket:[${inode}]>`;

describe("truthOf, TCP", () => {
  it("reports a listener with its accepted peers and their bytes, across processes", () => {
    const parent = trace(
      tcp(1),
      `bind(3<socket:[1]>, ${at(80, "0.0.0.0")}, 16) = 0`,
      "listen(3<socket:[1]>, 5) = 0",
      `accept(3<socket:[1]>, ${at(40001)}, [16]) = 4<socket:[2]>`,
      'read(4<socket:[2]>, "hello", 100) = 5',
    );
    const child = '101  00:00:00.000002 writev(9<socket:[2]>, [{iov_base="ab", iov_len=2}], 1) = 2';
    const picture = truthOf(`${parent}${child}\n`);
    expect(picture.listens).toEqual([
      {
        protocol: "tcp",
        address: "0.0.0.0",
        port: 80,
        portChosenBy: "application",
        flows: 1,
        peers: [{ address: "127.0.0.1", flows: 1 }],
        bytesIn: 5,
        bytesOut: 2,
      },
    ]);
    expect(picture.connects).toEqual([]);
  });

  it("says that the system chose the port where bind asked for 0, and takes it from getsockname", () => {
    const picture = truthOf(
      trace(
        tcp(1),
        `bind(3<socket:[1]>, ${at(0)}, 16) = 0`,
        "listen(3<socket:[1]>, 5) = 0",
        `getsockname(3<socket:[1]>, ${at(43210)}, [16]) = 0`,
      ),
    );
    expect(picture.listens).toMatchObject([{ port: 43210, portChosenBy: "system", flows: 0 }]);
  });

  it("does not report a socket that is bound and never listens", () => {
    const picture = truthOf(trace(tcp(1), `bind(3<socket:[1]>, ${at(80)}, 16) = 0`));
    expect(picture).toMatchObject({ listens: [], connects: [], failedBinds: [] });
  });

  it.each([
    ["= 0", [], 1, 0],
    ["= -1 ECONNREFUSED (Connection refused)", [], 0, 1],
    ["= -1 EINPROGRESS (Operation now in progress)", [], 0, 1],
    [
      "= -1 EINPROGRESS (Operation now in progress)",
      ["getsockopt(3<socket:[1]>, SOL_SOCKET, SO_ERROR, [0], [4]) = 0"],
      1,
      0,
    ],
    [
      "= -1 EINPROGRESS (Operation now in progress)",
      ["getsockopt(3<socket:[1]>, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0"],
      0,
      1,
    ],
    ["= -1 EINPROGRESS (Operation now in progress)", ['sendto(3<socket:[1]>, "x", 1, 0, NULL, 0) = 1'], 1, 0],
    ["= -1 EINPROGRESS (Operation now in progress)", ["read(3<socket:[1]>, 0x1, 1) = -1 EAGAIN (x)"], 0, 1],
  ])("tells a connect that is %s and then %s", (result, then, flows, failed) => {
    const picture = truthOf(trace(tcp(1), `connect(3<socket:[1]>, ${at(443)}, 16) ${result}`, ...then));
    expect(picture.connects).toMatchObject([{ remote: { address: "127.0.0.1", port: 443 }, flows, failed }]);
  });

  it("takes a send with MSG_FASTOPEN for the connect that it is", () => {
    const picture = truthOf(trace(tcp(1), `sendto(3<socket:[1]>, "abc", 3, MSG_FASTOPEN, ${at(53)}, 16) = 3`));
    expect(picture.connects).toMatchObject([{ protocol: "tcp", flows: 1, failed: 0, bytesOut: 3 }]);
  });

  it("reports failed binds with their error", () => {
    const picture = truthOf(
      trace(tcp(1), `bind(3<socket:[1]>, ${at(80)}, 16) = -1 EADDRINUSE (Address already in use)`),
    );
    expect(picture.failedBinds).toEqual([{ protocol: "tcp", address: "127.0.0.1", port: 80, error: "EADDRINUSE" }]);
  });
});

describe("truthOf, UDP", () => {
  it("takes no notice of a peer that was set and never written to", () => {
    const picture = truthOf(trace(udp(1), `connect(3<socket:[1]>, ${at(53)}, 16) = 0`));
    expect(picture).toMatchObject({ listens: [], connects: [] });
  });

  it("counts each datagram of a sendmmsg, and no more than were sent", () => {
    const message = (length: number) =>
      `{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="x", iov_len=${length}}], msg_iovlen=1}, msg_len=${length}}`;
    const picture = truthOf(
      trace(
        udp(1),
        `connect(3<socket:[1]>, ${at(53)}, 16) = 0`,
        `sendmmsg(3<socket:[1]>, [${message(30)}, ${message(31)}, ${message(32)}], 3, MSG_NOSIGNAL) = 2`,
        `recvfrom(3<socket:[1]>, "answer", 2048, 0, ${at(53)}, [28 => 16]) = 64`,
      ),
    );
    expect(picture.connects).toMatchObject([{ protocol: "udp", flows: 1, bytesOut: 61, bytesIn: 64 }]);
  });

  it("counts one flow for each peer of a server's socket, inbound because the peer spoke first", () => {
    const picture = truthOf(
      trace(
        udp(1),
        `bind(3<socket:[1]>, ${at(53)}, 16) = 0`,
        ...[40001, 40002].flatMap((port) => [
          `recvmsg(3<socket:[1]>, {msg_name=${at(port)}, msg_namelen=28 => 16, msg_flags=0}, 0) = 10`,
          `sendmsg(3<socket:[1]>, {msg_name=${at(port)}, msg_namelen=16, msg_flags=0}, 0) = 20`,
        ]),
      ),
    );
    expect(picture.listens).toMatchObject([
      { protocol: "udp", port: 53, flows: 2, peers: [{ address: "127.0.0.1", flows: 2 }], bytesIn: 20, bytesOut: 40 },
    ]);
    expect(picture.connects).toEqual([]);
  });

  it("ignores what was only peeked at", () => {
    const picture = truthOf(
      trace(
        udp(1),
        `bind(3<socket:[1]>, ${at(53)}, 16) = 0`,
        `recvfrom(3<socket:[1]>, "x", 9, MSG_PEEK, ${at(9)}, [16]) = 9`,
      ),
    );
    expect(picture.listens).toMatchObject([{ flows: 0, bytesIn: 0 }]);
  });
});

describe("truthOf, processes", () => {
  it("gives each process the program it ran last, and threads to their process", () => {
    const picture = truthOf(
      [
        '100  00:00:00.000001 execve("/bin/sh", ["sh", "-c", "x"], 0x1 /* 3 vars */) = 0',
        "100  00:00:00.000002 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD <unfinished ...>",
        '101  00:00:00.000003 execve("/bin/true", ["true", "a b", "\\33[31m\\n"], 0x1 /* 3 vars */) = 0',
        "100  00:00:00.000004 <... clone resumed>, child_tidptr=0x7) = 101",
        "100  00:00:00.000005 clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0}, 88) = 102",
        '102  00:00:00.000006 execve("/nowhere", ["n"], 0x1 /* 3 vars */) = -1 ENOENT (No such file or directory)',
      ].join("\n"),
    );
    expect(picture.processes).toEqual([
      { pid: 100, executable: "/bin/sh", arguments: ["sh", "-c", "x"] },
      { pid: 101, executable: "/bin/true", arguments: ["true", "a b", "\u001b[31m\n"] },
    ]);
  });
});
