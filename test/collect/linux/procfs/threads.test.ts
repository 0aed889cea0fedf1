import { afterEach, describe, expect, test } from "vitest";
import { createMembers } from "../../../../src/collect/linux/procfs/capture/members.ts";
import { listPids, readHolders } from "../../../../src/collect/linux/procfs/holders.ts";
import { takeSnapshot } from "../../../../src/collect/linux/procfs/snapshot.ts";
import { readTaskHolders } from "../../../../src/collect/linux/procfs/task-tables.ts";
import { endFirstThread, giveOwnTable } from "../../../worlds/threads.ts";
import { readWorld, unpack, type World } from "../../../worlds/world.ts";

// In the world `harbour`, process 24 has one listener and both ends of one connection, alone on fe80::17.
let remove: (() => void) | undefined;
afterEach(() => {
  remove?.();
  remove = undefined;
});

function worldAfter(change: (world: World) => void): string {
  const world = readWorld("harbour");
  change(world);
  const unpacked = unpack(world);
  remove = unpacked.remove;
  return unpacked.proc;
}

function holdersOf(proc: string) {
  const { sockets } = takeSnapshot(proc, {});
  return sockets.filter(({ local }) => local.address.startsWith("fe80")).map(({ processes }) => processes);
}

describe("a process whose first thread has ended", () => {
  const proc = () => worldAfter((world) => endFirstThread(world, 24, 25));

  test("holds its sockets, and is the program that it was", () => {
    const program = {
      pid: 24,
      name: "two\nlines",
      executable: expect.stringContaining("/bin/node"),
      arguments: [expect.stringContaining("/bin/node"), expect.stringContaining("actor-program.ts")],
    };
    expect(holdersOf(proc())).toMatchObject([[program], [program], [program]]);
  });

  test("leads to its network namespace through a thread that lives", () => {
    const root = proc();
    expect([...readHolders(root, [24]).namespaces.values()]).toEqual([["24/task/25"]]);
    expect([...readHolders(root, [10]).namespaces.values()]).toEqual([["10"]]);
  });

  test("is followed, with the image of the thread that lives", () => {
    const before = createMembers(
      worldAfter(() => undefined),
      { kind: "machine" },
    )();
    remove?.();
    const after = createMembers(proc(), { kind: "machine" })();
    expect(after.get(24)).toEqual(before.get(24));
  });

  test("has ended where none of its threads lives", () => {
    const root = worldAfter((world) => {
      endFirstThread(world, 24, 25);
      const stat = world.files["proc/24/task/25/stat"] ?? "";
      world.files["proc/24/task/25/stat"] = stat.replace(") S ", ") Z ");
    });
    expect(createMembers(root, { kind: "machine" })().has(24)).toBe(false);
  });
});

describe("a thread with a descriptor table of its own", () => {
  test("is found where nobody else holds its sockets", () => {
    const held = { pid: 24 };
    expect(holdersOf(worldAfter((world) => giveOwnTable(world, 24, 25)))).toMatchObject([[held], [held], [held]]);
  });

  test("is found where every process was seen", () => {
    const proc = worldAfter((world) => {
      giveOwnTable(world, 24, 25);
      world.links["proc/self/ns/pid"] = "pid:[4026531836]";
    });
    expect(holdersOf(proc).map(([process]) => process?.pid)).toEqual([24, 24, 24]);
  });

  test("past the limit, is told by the numbers of its descriptors", () => {
    const proc = worldAfter((world) => {
      giveOwnTable(world, 24, 25);
      world.links["proc/24/task/26/fd/0"] = "socket:[17]";
    });
    const wanted = new Set([17, 220047]);
    const found = (limit?: number) =>
      [...readTaskHolders(proc, listPids(proc), wanted, limit)].sort(([a], [b]) => a - b);
    expect(found()).toEqual([
      [17, [24]],
      [220047, [24]],
    ]);
    expect(found(0)).toEqual([[220047, [24]]]);
  });
});
