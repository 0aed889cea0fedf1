import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cgroup2Mount } from "../../../src/collect/linux/cgroup/mount.ts";
import { Assembler } from "../../../src/collect/linux/ebpf/assemble/assembler.ts";
import { bootOffset } from "../../../src/collect/linux/ebpf/boot-clock.ts";
import { type Libbpf, openLibbpf } from "../../../src/collect/linux/ebpf/libbpf.ts";
import { PARTS, UDP_CONNECTS } from "../../../src/collect/linux/ebpf/parts.ts";
import { take } from "../../../src/collect/linux/ebpf/ring.ts";
import { openSession, type Session } from "../../../src/collect/linux/ebpf/session.ts";
import { readBootTime } from "../../../src/collect/linux/owners/boot-time.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import { micros } from "../../../src/model/time.ts";
import { lack } from "../machine.ts";
import { compile } from "../programs/compile.ts";
import { stages } from "../staged.ts";

const reason = lack("cc");
const stage = stages();
const CONNECTIONS = 23;
const EINVAL = 22;

/** This machine's libbpf on a kernel that refuses these programs, one by one or together. */
function refusing(programs: readonly string[]): Libbpf {
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
    load: (object) => (programs.every((name) => left.has(name)) ? libbpf.load(object) : -EINVAL),
  };
}

function session(libbpf: Libbpf): Session {
  const path = cgroup2Mount();
  return openSession(libbpf, {
    ...(path !== undefined && { cgroup: { path, level: 0 } }),
    pids: [],
    wholeMachine: true,
    late: true,
    ringBytes: 1 << 20,
    sweepMilliseconds: 1000,
  });
}

/** The events of what is in the ring. */
function eventsOf({ ring, degradations, openFlows, udp, lost }: Session): CollectorEvent[] {
  const now = micros(Date.now());
  const hasUdpBytes = !degradations.some(({ what }) => what.startsWith("UDP byte counts"));
  const known = { read: () => undefined, userName: () => undefined, interfaceName: () => undefined };
  const surroundings = { ...known, hasUdpBytes, bootTime: readBootTime("/proc"), offset: bootOffset()() };
  const events: CollectorEvent[] = [];
  const assembler = new Assembler(surroundings, now, (some) => void events.push(...some));
  for (let bytes = take(ring, 1 << 20); bytes; bytes = take(ring, 1 << 20)) {
    assembler.take({ kind: "ring", bytes }, now);
  }
  const sweep = { kind: "sweep", offset: bootOffset()(), flows: openFlows(), lost: lost() } as const;
  for (let i = 0; i < 2; i++) assembler.take({ ...sweep, udp: udp.drainIdle() }, now);
  return events;
}

const optional = [...PARTS.filter((part) => part.without !== undefined)];

describe("a kernel that refuses a program", () => {
  it.for([
    ...optional.map((part) => ({ name: part.name, refused: [part] })),
    { name: "every optional part", refused: [...optional, UDP_CONNECTS] },
  ])("of $name counts TCP all the same, and names what is lost", async ({ refused }, { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("storm");
    const opened = session(refusing(refused.map(({ programs }) => programs.at(-1) ?? "")));
    try {
      const storm = [compile(here, "storm"), String(port), String(CONNECTIONS)] as const;
      execFileSync(storm[0], storm.slice(1));
      expect(opened.degradations).toEqual(
        refused.map(({ without }) => ({ what: `${without}: this kernel refuses the program` })),
      );
      const flows = eventsOf(opened).filter((event) => event.kind === "flow" && event.begun);
      const outbound = flows.filter((event) => event.kind === "flow" && event.remote?.port === port);
      const inbound = flows.filter((event) => event.kind === "flow" && event.local.port === port);
      expect([outbound.length, inbound.length]).toEqual([CONNECTIONS, CONNECTIONS]);
      expect(opened.lost().every((count) => count === 0)).toBe(true);
    } finally {
      opened.close();
    }
  });
});
