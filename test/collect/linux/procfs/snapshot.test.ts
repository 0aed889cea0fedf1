import { afterEach, describe, expect, test } from "vitest";
import { takeSnapshot } from "../../../../src/collect/linux/procfs/snapshot.ts";
import { HOSTILE_NAMES } from "../../../worlds/harbour-scene.ts";
import { readWorld, unpack, type World } from "../../../worlds/world.ts";

let remove: (() => void) | undefined;
afterEach(() => {
  remove?.();
  remove = undefined;
});

/** A snapshot of the recorded world `harbour` after `change`. */
function snapshotOf(change: (world: World) => void = () => undefined, options = {}) {
  const world = readWorld("harbour");
  change(world);
  const unpacked = unpack(world);
  remove = unpacked.remove;
  return takeSnapshot(unpacked.proc, options);
}

const FIRST_PID_NAMESPACE = "pid:[4026531836]";

describe("the recorded world harbour", () => {
  test("all its sockets, with those who hold them", () => {
    const { sockets, gaps } = snapshotOf();
    const lines = sockets.map(({ protocol, state, local, remote, processes }) => {
      const port = (number: number | undefined) => (number !== undefined && number < 8_000 ? number : "any");
      const peer = remote === undefined ? "" : ` ${remote.address} ${port(remote.port)}`;
      return `${protocol} ${state} ${local.address} ${port(local.port)}${peer} by ${processes.map(({ pid }) => pid)}`;
    });
    expect(lines.sort()).toEqual([
      "tcp ESTABLISHED 127.0.0.1 any 127.0.0.1 7002 by 17",
      "tcp ESTABLISHED ::ffff:127.0.0.1 7002 ::ffff:127.0.0.1 any by 10",
      "tcp ESTABLISHED fe80::17%lo 7004 fe80::17%lo any by 24",
      "tcp ESTABLISHED fe80::17%lo any fe80::17%lo 7004 by 24",
      "tcp LISTEN 127.0.0.1 7001 by 10",
      "tcp LISTEN 127.0.0.2 any by 31,38",
      "tcp LISTEN :: 7002 by 10",
      "tcp LISTEN fe80::17%lo 7004 by 24",
      "tcp TIME_WAIT 127.0.0.1 any 127.0.0.1 7001 by ",
      "udp BOUND ::1 7003 by 10",
      "udp CONNECTED ::1 any ::1 7003 by 17",
    ]);
    expect(gaps).toEqual([]);
  });

  test("names are told as the processes chose them, bytes that are no text replaced", () => {
    const names = new Set(snapshotOf().sockets.flatMap(({ processes }) => processes.map(({ name }) => name)));
    for (const name of HOSTILE_NAMES.slice(0, 3)) expect(names).toContain(name);
    expect(names).toContain("caf\ufffd\ufffd\ufffd");
  });

  test("only what was asked for", () => {
    expect(
      snapshotOf(undefined, { only: { listening: true } })
        .sockets.map(({ state }) => state)
        .sort(),
    ).toEqual(["BOUND", "LISTEN", "LISTEN", "LISTEN", "LISTEN"]);
    remove?.();
    expect(snapshotOf(undefined, { only: { protocol: "udp" } }).sockets.map(({ protocol }) => protocol)).toEqual([
      "udp",
      "udp",
    ]);
  });
});

describe("a socket that no process was seen to hold", () => {
  const abandon = (world: World) => {
    for (const [path, target] of Object.entries(world.links)) {
      if (path.startsWith("proc/24/fd/") && target.startsWith("socket:")) delete world.links[path];
    }
  };
  const evidence = (change: (world: World) => void) => {
    const { sockets } = snapshotOf(change);
    return sockets.filter(({ local }) => local.address.startsWith("fe80")).map(({ evidence: { source } }) => source);
  };

  test("is the kernel's, where every process was seen", () => {
    const seen = evidence((world) => {
      abandon(world);
      world.links["proc/self/ns/pid"] = FIRST_PID_NAMESPACE;
    });
    expect(seen).toEqual(["kernel", "kernel", "kernel"]);
  });

  test("is unknown in a container, where others may hold it", () => {
    expect(evidence(abandon)).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("is unknown where processes are hidden, and that is a gap", () => {
    const { sockets, gaps } = snapshotOf((world) => {
      world.links["proc/self/ns/pid"] = FIRST_PID_NAMESPACE;
      world.files["proc/2/stat"] = "";
      for (const part of [world.files, world.links]) {
        for (const path of Object.keys(part))
          if (path.startsWith("proc/1/") && !path.includes("/net/")) delete part[path];
      }
      for (const path of Object.keys(world.files).filter((each) => each.startsWith("proc/1/net/"))) {
        world.files[path.replace("proc/1/", "proc/10/")] = world.files[path] ?? "";
        delete world.files[path];
      }
      abandon(world);
    });
    const link = sockets.find(({ local }) => local.address.startsWith("fe80"));
    expect(link?.evidence.source).toBe("unknown");
    expect(gaps.map(({ reason }) => reason)).toEqual([expect.stringContaining("hidepid")]);
  });
});

test("lines that cannot be understood are a gap with their count, and cost no other line", () => {
  const { sockets, gaps } = snapshotOf((world) => {
    const text = world.files["proc/1/net/tcp"] ?? "";
    world.files["proc/1/net/tcp"] = `${text}garbage\n\xff\xfe\x00\n${text.slice(-150, -80)}`;
  });
  expect(sockets).toHaveLength(11);
  expect(gaps).toMatchObject([{ lost: 3, reason: expect.stringContaining("could not be understood") }]);
});

test("a process that ends between the reads takes only itself away", () => {
  const { sockets, gaps } = snapshotOf((world) => {
    delete world.files["proc/10/stat"];
  });
  const own = sockets.filter(({ local }) => local.port === 7001);
  expect(own).toMatchObject([{ state: "LISTEN", processes: [], evidence: { source: "none" } }]);
  expect(sockets).toHaveLength(11);
  expect(gaps).toEqual([]);
});
