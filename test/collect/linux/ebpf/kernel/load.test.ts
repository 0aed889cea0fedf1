import { beforeEach, describe, expect, test } from "vitest";
import { cgroup2Mount } from "../../../../../src/collect/linux/cgroup/mount.ts";
import { type Libbpf, openLibbpf } from "../../../../../src/collect/linux/ebpf/libbpf.ts";
import { loadCapture } from "../../../../../src/collect/linux/ebpf/load.ts";
import { type LoadOptions, loadObject } from "../../../../../src/collect/linux/ebpf/object.ts";
import { PARTS, UDP_CONNECTS } from "../../../../../src/collect/linux/ebpf/parts.ts";
import { LOST_REASON, SETTINGS } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { openSession } from "../../../../../src/collect/linux/ebpf/session.ts";
import { until } from "../../../../live/until.ts";
import { lack } from "../../cgroup/machine.ts";
import { heldByUs, idsOfAll } from "./remains.ts";

const RING = 1 << 16;
const BPF_MAP_TYPE_RINGBUF = 27; // include/uapi/linux/bpf.h
const ALL = [...PARTS, UDP_CONNECTS].flatMap(({ programs }) => programs);
/** What the collector runs by itself is attached to nothing. */
const RUN = ["sweep_flows"];

const why = process.platform !== "linux" ? "needs Linux" : lack();
beforeEach(({ skip }) => {
  if (why) skip(why);
});

type Choices = { wholeMachine: boolean; cgroup: bigint; haveLengths: boolean };
/** The verifier leaves out what these settings make unreachable, so a program is verified under each of them. */
const SETTINGS_OF: [string, Choices][] = [
  ["the whole machine", { wholeMachine: true, cgroup: 0n, haveLengths: true }],
  ["a cgroup", { wholeMachine: false, cgroup: 1n, haveLengths: true }],
  ["a cgroup without length tracepoints", { wholeMachine: false, cgroup: 1n, haveLengths: false }],
];

function constants({ wholeMachine, cgroup, haveLengths }: Choices): Uint8Array {
  const bytes = Buffer.alloc(SETTINGS.size);
  bytes.writeBigUInt64LE(cgroup, SETTINGS.cgroup);
  bytes[SETTINGS.wholeMachine] = wholeMachine ? 1 : 0;
  bytes[SETTINGS.haveLengths] = haveLengths ? 1 : 0;
  return bytes;
}

describe("the kernel verifies", () => {
  describe.each(SETTINGS_OF)("for %s", (_, choices) => {
    test.each(ALL)("%s alone", (name) => {
      const without = new Set(ALL.filter((other) => other !== name));
      const options: LoadOptions = { without, sizes: { ring: RING }, constants: constants(choices) };
      const object = loadObject(openLibbpf(), "capture", options);
      expect([...object.programs.keys()]).toEqual([name]);
      object.close();
    });
  });

  test("the programs of a snapshot", () => {
    const object = loadObject(openLibbpf(), "snapshot");
    expect([...object.programs.keys()].sort()).toEqual(["all_tcp", "all_udp", "held"]);
    object.close();
  });
});

test("every program of a capture belongs to one part", () => {
  const object = loadObject(openLibbpf(), "capture", { sizes: { ring: RING } });
  expect([...object.programs.keys()].sort()).toEqual([...ALL].sort());
  expect(new Set(ALL).size).toBe(ALL.length);
  object.close();
});

/** The system's libbpf on a kernel that refuses some programs. */
function refusing(...refused: string[]): Libbpf {
  const libbpf = openLibbpf();
  const left = new Set<string>();
  return {
    ...libbpf,
    open(path) {
      left.clear();
      return libbpf.open(path);
    },
    setAutoload(program, load) {
      if (!load) left.add(libbpf.programName(program));
      return libbpf.setAutoload(program, load);
    },
    load: (object) => (refused.some((name) => !left.has(name)) ? -22 : libbpf.load(object)),
  };
}

describe("a kernel that refuses", () => {
  const load = (libbpf: Libbpf) => {
    const asked: boolean[] = [];
    const { object, refused } = loadCapture(
      libbpf,
      (haveLengths) => {
        asked.push(haveLengths);
        return constants({ wholeMachine: true, cgroup: 0n, haveLengths });
      },
      { ring: RING },
    );
    const programs = [...object.programs.keys()].sort();
    object.close();
    return { programs, refused: refused.map(({ name }) => name), haveLengths: asked.at(-1) };
  };

  test("nothing gets all but the stand-in", () => {
    const { programs, refused, haveLengths } = load(openLibbpf());
    expect(programs).toEqual(PARTS.flatMap((part) => part.programs).sort());
    expect([refused, haveLengths]).toEqual([[], true]);
  });

  test("one program goes without that part as a whole, and without no other", () => {
    const { programs, refused } = load(refusing("udp_send6"));
    expect(refused).toEqual(["udp-peers"]);
    expect(programs).not.toContain("udp_send4");
    expect(programs).toContain("udp_sent");
  });

  test("the length tracepoints gets the stand-in for them, and its programs count datagrams", () => {
    const { programs, refused, haveLengths } = load(refusing("udp_sent"));
    expect(refused).toEqual(["udp-bytes"]);
    expect(programs).toContain("udp_connect4");
    expect(haveLengths).toBe(false);
  });

  test("the one that follows TCP cannot be had, and says so", () => {
    expect(() => load(refusing("tcp_state"))).toThrow(/kernel refuses/);
  });
});

describe("a session", () => {
  const open = (more: object = {}, libbpf = openLibbpf()) =>
    openSession(libbpf, {
      cgroup: { path: cgroup2Mount() ?? "", level: 0 },
      pids: [],
      wholeMachine: false,
      late: false,
      ringBytes: RING,
      sweepMilliseconds: 1000,
      ...more,
    });

  test("attaches everything, has lost nothing, and leaves nothing in the kernel when it is closed", async () => {
    const before = heldByUs();
    const session = open();
    session.followUdpEnds();
    const during = heldByUs();
    const programs = during.programs.filter((id) => !before.programs.includes(id));
    const links = during.links.filter((id) => !before.links.includes(id));
    const maps = during.maps.filter(({ id }) => !before.maps.some((other) => other.id === id));
    expect(session.degradations).toEqual([]);
    expect(programs).toHaveLength(PARTS.flatMap((part) => part.programs).length);
    expect(links).toHaveLength(programs.length - RUN.length);
    expect(session.lost()).toEqual(Array(LOST_REASON.LOST_REASONS).fill(0));
    expect(session.openFlows()).toHaveLength(0);
    session.close();
    // The kernel frees them a grace period later. The ring stays, since it is mapped until this process ends.
    const freed = maps.filter(({ type }) => type !== BPF_MAP_TYPE_RINGBUF).map(({ id }) => id);
    expect(freed).toHaveLength(maps.length - 1);
    const remains = () => [
      ...programs.filter((id) => idsOfAll("prog").has(id)),
      ...links.filter((id) => idsOfAll("link").has(id)),
      ...freed.filter((id) => idsOfAll("map").has(id)),
    ];
    await until("the kernel to let go of programs, links and maps", () => remains().length === 0);
    expect(heldByUs()).toEqual(before);
  });

  test("attaches the stand-in for the length tracepoints, and says what is lost without those", () => {
    const links = heldByUs().links.length;
    const session = open({}, refusing("udp_sent"));
    expect(session.degradations.map(({ what }) => what)).toEqual(["UDP byte counts: this kernel refuses the program"]);
    const part = PARTS.find(({ name }) => name === "udp-bytes");
    const expected = ALL.length - RUN.length - (part?.programs.length ?? 0);
    session.followUdpEnds();
    expect(heldByUs().links.length - links).toBe(expected);
    session.close();
  });

  test("without cgroup v2 goes on without what hangs on it, and says what and why", () => {
    const session = open({ cgroup: undefined });
    expect(session.degradations.length).toBeGreaterThan(0);
    for (const { what, remedy } of session.degradations) {
      expect(what).toMatch(/: cgroup v2 is not mounted$/);
      expect(remedy).toMatch(/sudo mount -t cgroup2 none \/sys\/fs\/cgroup/);
    }
    session.close();
  });
});
