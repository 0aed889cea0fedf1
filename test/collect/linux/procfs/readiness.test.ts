import { expect, test } from "vitest";
import { captureLimits, unreadable, unreadableReason } from "../../../../src/collect/linux/procfs/limits.ts";
import { probe } from "../../../../src/collect/linux/procfs/readiness.ts";
import { readWorld, unpack } from "../../../worlds/world.ts";

test("this machine's /proc is ready, and what polling cannot see is said", () => {
  const { name, ready, degradations } = probe();
  expect([name, ready]).toEqual(["procfs", true]);
  for (const what of ["shorter than", "bytes", "refused", "names", "that no process lives in", "thread's own"]) {
    expect(degradations.map((each) => each.what)).toContainEqual(expect.stringContaining(what));
  }
});

test("without a readable /proc it is not ready", () => {
  expect(probe("/nowhere")).toMatchObject({ ready: false, degradations: [{ remedy: "mount -t proc proc /proc" }] });
});

test("hidden processes and containers are told", () => {
  const world = readWorld("harbour");
  const { proc, remove } = unpack(world);
  expect(probe(proc).degradations[0]?.what).toContain("outside this container");
  remove();
  for (const part of [world.files, world.links]) {
    for (const path of Object.keys(part)) if (path.startsWith("proc/1/")) delete part[path];
  }
  const hidden = unpack(world);
  expect(probe(hidden.proc).degradations.map(({ what }) => what)).toContainEqual(expect.stringContaining("hidepid"));
  hidden.remove();
});

test("the remedy is a command that helps this user", () => {
  expect(unreadableReason(1, false)).toBe("1 process of another user could not be read");
  expect(unreadableReason(23, false)).toBe("23 processes of other users could not be read");
  expect(unreadable(23, false).remedy).toBe("sudo ./portolan ls");
  expect(unreadable(23, true)).not.toHaveProperty("remedy");
  expect(new Set(captureLimits(false).map(({ remedy }) => remedy))).toEqual(new Set(["sudo ./portolan run -- …"]));
  expect(new Set(captureLimits(true).map(({ remedy }) => remedy))).toEqual(new Set(["./portolan doctor"]));
});
