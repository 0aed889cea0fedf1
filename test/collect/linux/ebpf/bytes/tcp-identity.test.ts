import { describe, expect, test } from "vitest";
import { type Socket, socketRecord } from "./record.ts";
import { Scene, SECOND } from "./scene.ts";

const out = (more: Socket = {}) =>
  socketRecord("RECORD_FLOW", {
    pid: 100,
    started: 3 * SECOND,
    cookie: 7n,
    local: { address: "192.0.2.10", port: 40_001 },
    remote: { address: "198.51.100.1", port: 443 },
    opened: 9 * SECOND,
    ...more,
  });

describe("two connections that have the same identity one after the other", () => {
  const first = { bytesIn: 5 };
  const second = { opened: 10 * SECOND, bytesIn: 7 };
  const begun = (scene: Scene) => scene.of("flow").filter((event) => event.begun).length;
  const sum = (scene: Scene) => scene.of("flow").reduce((bytes, event) => bytes + (event.bytesIn ?? 0), 0);

  test("are two where a sweep tells of the second before the end of the first is read", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out(second)] });
    scene.ring(out({ ...first, ended: true }), out({ ...second, ended: true }));
    expect([begun(scene), sum(scene)]).toEqual([2, 12]);
  });

  test("are two where sweeps told of both by then", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out(first)] });
    scene.sweep({ flows: [out(second)] });
    scene.ring(out({ ...first, ended: true }), out({ ...second, ended: true }));
    expect([begun(scene), sum(scene)]).toEqual([2, 12]);
  });

  test("are two whichever end is read first", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out(first)] });
    scene.sweep({ flows: [out(second)] });
    scene.ring(out({ ...second, ended: true }), out({ ...first, ended: true }));
    expect([begun(scene), sum(scene)]).toEqual([2, 12]);
  });
});

test("addresses of sockets that differ by little are told apart, on kernels with five levels of page tables too", () => {
  const scene = new Scene();
  const flows = [0xff11_0001_0843_8a00n, 0xff11_0001_0843_8a40n, 0xffff_8880_0843_8a00n];
  scene.sweep({ flows: flows.map((identity) => out({ identity, cookie: 0n, bytesIn: 1 })) });
  expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(3);
  expect(scene.of("flow").map(({ begun, bytesIn }) => [begun, bytesIn])).toEqual(flows.map(() => [true, 1]));
});

test("cookies that the kernel counts down from the top are told apart", () => {
  // gen_cookie_next() of include/linux/cookie.h counts backwards from 0 where an interrupt comes between.
  const scene = new Scene();
  scene.sweep({ flows: [out({ cookie: 2n ** 64n - 1n, bytesIn: 1 }), out({ cookie: 2n ** 64n - 2n, bytesIn: 1 })] });
  const flows = scene.of("flow");
  expect(new Set(flows.map(({ flow }) => flow)).size).toBe(2);
  expect(flows.map(({ begun, bytesIn }) => [begun, bytesIn])).toEqual([
    [true, 1],
    [true, 1],
  ]);
});
