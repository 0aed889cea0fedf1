import { describe, expect, test } from "vitest";
import { cookieRecord, socketRecord } from "./record.ts";
import { Scene, SECOND } from "./scene.ts";
import { entries } from "./udp-entries.ts";

const query = () =>
  entries({
    cookie: 4n,
    peer: { address: "192.0.2.53", port: 53 },
    local: { address: "192.0.2.10", port: 40_000 },
    first: 9 * SECOND,
    last: 10 * SECOND,
    pid: 100,
    started: SECOND,
  });
const bound = (portChosen: 0 | 1 | 2, cookie = 4n) =>
  socketRecord("RECORD_LISTEN", {
    protocol: "udp",
    cookie,
    local: { address: "0.0.0.0", port: 5353 },
    portChosen,
    pid: 100,
    started: SECOND,
    at: 8 * SECOND,
  });
const closed = () => cookieRecord("RECORD_UDP_CLOSE", { cookie: 4n, at: 11 * SECOND });

describe("from when on the ends of sockets are watched", () => {
  test("a listener that is open goes on, and one that is not has ended", () => {
    const scene = new Scene();
    scene.ring(bound(1, 4n), bound(1, 5n));
    scene.udpOpen(bound(1, 4n));
    scene.settle();
    expect(scene.of("listen").map(({ socket }) => socket)).toEqual(["udp:4", "udp:5"]);
    expect(scene.of("unlisten").map(({ socket }) => socket)).toEqual(["udp:5"]);
  });

  test("a socket that nobody bound, and that closed before, ends with its exchanges", () => {
    const scene = new Scene();
    scene.sweep({ udp: query() });
    scene.udpOpen();
    scene.settle();
    expect(scene.of("flow").map(({ begun, ended }) => [begun, ended])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test("one that closes just then ends once", () => {
    const scene = new Scene();
    scene.ring(bound(1));
    scene.ring(closed());
    scene.udpOpen();
    scene.ring(closed());
    scene.settle();
    expect(scene.of("unlisten")).toHaveLength(1);
  });
});
