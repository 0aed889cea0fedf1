import { closeSync, openSync, readFileSync } from "node:fs";
import type { Degradation } from "../../../model/gap.ts";
import { mountRemedy } from "../cgroup/mount.ts";
import type { Libbpf } from "./libbpf.ts";
import { type LoadedCapture, loadCapture } from "./load.ts";
import type { CaptureRequest } from "./messages.ts";
import { isAsked, needsCgroup, PARTS, type Part, UDP_CONNECTS } from "./parts.ts";
import { LINK_KEY, LINK_VALUE, LOST_REASON, SETTINGS } from "./records.gen.ts";
import type { RingMemory } from "./ring.ts";
import { mapRing } from "./ring-memory.ts";
import { createSeed } from "./seed.ts";
import { createSweep } from "./sweep.ts";
import { type UdpMaps, udpMaps } from "./udp-map.ts";

/** The programs of one capture, loaded and attached. They go with the process: nothing is pinned. */
export type Session = {
  ring: RingMemory;
  udp: UdpMaps;
  degradations: Degradation[];
  /** Reasons why ports may be missed for as long as the session lasts. */
  gaps: string[];
  /** Records of all flows that are open now. */
  openFlows(): Uint8Array;
  /** Records of what the followed processes held before, one per holder. */
  seed(): Uint8Array;
  /**
   * Also tells from now on when a UDP socket closes, which costs every closing socket of the scope a little; and records
   * what the followed processes hold at that moment, so that whoever closed before can be told.
   */
  followUdpEnds(): Uint8Array;
  /** What was lost so far, by reason (`LOST_REASON` and the record kinds). */
  lost(): number[];
  /** The name of an interface that a socket of a namespace was bound to; undefined where it is not known. */
  linkName(networkNamespace: number, index: number): string | undefined;
  /** The return addresses of a stack, nearest first. */
  stack(id: number): bigint[];
  close(): void;
};

/** Loads and attaches what `request` asks for. @throws Problem where this cannot be had at all. */
export function openSession(libbpf: Libbpf, request: CaptureRequest): Session {
  const loaded = loadCapture(libbpf, (haveLengths) => constantsOf(request, haveLengths), { ring: request.ringBytes });
  const { object } = loaded;
  const follow = object.mapFd("followed");
  for (const pid of request.pids) libbpf.update(follow, word(pid), new Uint8Array([1]), 0);
  const cgroup = request.cgroup ? openSync(request.cgroup.path, "r") : undefined;
  const { links, missing, degradations, attach } = attachAll(libbpf, loaded, cgroup);
  const seed = createSeed(libbpf, object);
  links.push(...seed.links);
  const sweep = createSweep(libbpf, object);
  const ring = mapRing(object.mapFd("ring"), request.ringBytes);
  return {
    ring,
    udp: udpMaps(libbpf, { a: object.mapFd("udp_a"), b: object.mapFd("udp_b"), active: object.mapFd("active") }),
    degradations,
    gaps: missing.flatMap((part) => part.misses ?? []),
    openFlows: sweep.openFlows,
    seed() {
      seed.name(request.wholeMachine ? "all" : request.pids);
      return seed.read();
    },
    followUdpEnds() {
      attach(DEFERRED);
      return seed.read();
    },
    lost: () => readLost(libbpf, object.mapFd("lost")),
    linkName: (namespace, index) => readLink(libbpf, object.mapFd("links"), namespace, index),
    stack: (id) => readStack(libbpf, object.mapFd("stacks"), id),
    close() {
      for (const link of links) libbpf.destroyLink(link);
      ring.unmap();
      sweep.unmap();
      object.close();
      if (cgroup !== undefined) closeSync(cgroup);
    },
  };
}

/** The part that waits until somebody uses UDP. */
const DEFERRED = "udp-ends";

function attachAll(libbpf: Libbpf, loaded: LoadedCapture, cgroup: number | undefined) {
  const links: bigint[] = [];
  const missing = [...loaded.refused];
  const degradations = loaded.refused.map((part) => degradation(part, "this kernel refuses the program"));
  const attachPart = (part: Part): void => {
    const programs = part.programs.map((name) => loaded.object.programs.get(name)).filter((found) => !!found);
    if (cgroup === undefined && programs.some((program) => needsCgroup(program.section))) {
      missing.push(part);
      degradations.push({ ...degradation(part, "cgroup v2 is not mounted"), remedy: mountRemedy() });
      return;
    }
    for (const program of programs) {
      if (isAsked(program.section)) continue;
      const link = needsCgroup(program.section)
        ? libbpf.attachCgroup(program.handle, cgroup ?? -1)
        : libbpf.attach(program.handle);
      if (link) {
        links.push(link);
        continue;
      }
      missing.push(part);
      degradations.push(degradation(part, "this kernel does not attach the program"));
    }
  };
  const parts = [...PARTS, UDP_CONNECTS];
  for (const part of parts) if (part.name !== DEFERRED || cgroup === undefined) attachPart(part);
  const attach = (name: string): void => {
    for (const part of parts) if (part.name === name && cgroup !== undefined) attachPart(part);
  };
  return { links, missing, degradations, attach };
}

function degradation(part: Part, why: string): Degradation {
  return { what: `${part.without ?? part.name}: ${why}` };
}

function constantsOf(request: CaptureRequest, haveLengths: boolean): Uint8Array {
  const bytes = Buffer.alloc(SETTINGS.size);
  bytes.writeBigUInt64LE(request.scopeCgroup ?? 0n, SETTINGS.cgroup);
  bytes.writeInt32LE(request.cgroup?.level ?? 0, SETTINGS.level);
  bytes.writeUInt32LE(process.pid, SETTINGS.ownPid);
  bytes[SETTINGS.wholeMachine] = request.wholeMachine ? 1 : 0;
  bytes[SETTINGS.haveLengths] = haveLengths ? 1 : 0;
  return bytes;
}

function word(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

/** Per-CPU counters are summed; each slot is eight bytes. */
function readLost(libbpf: Libbpf, fd: number): number[] {
  const value = new BigUint64Array(libbpf.processors());
  const bytes = new Uint8Array(value.buffer);
  const totals: number[] = [];
  for (let reason = 0; reason < LOST_REASON.LOST_REASONS; reason++) {
    value.fill(0n);
    const status = libbpf.lookup(fd, word(reason), bytes);
    if (status !== 0) throw new Error(`the loss counters cannot be read (error ${-status})`);
    totals.push(Number(value.reduce((sum, one) => sum + one, 0n)));
  }
  return totals;
}

function readLink(libbpf: Libbpf, fd: number, networkNamespace: number, index: number): string | undefined {
  const name = Buffer.alloc(LINK_VALUE.size);
  const key = Buffer.alloc(LINK_KEY.size);
  key.writeUInt32LE(networkNamespace, LINK_KEY.netns);
  key.writeInt32LE(index, LINK_KEY.ifindex);
  if (libbpf.lookup(fd, key, name) !== 0) return undefined;
  return name.toString("utf8").split("\0", 1)[0];
}

function readStack(libbpf: Libbpf, fd: number, id: number): bigint[] {
  const frames = new BigUint64Array(32);
  if (libbpf.lookup(fd, word(id), new Uint8Array(frames.buffer)) !== 0) return [];
  return [...frames].filter((address) => address !== 0n);
}

/** The lines of /proc/PID/maps, or nothing where the process has gone. */
export function memoryMap(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, "utf8");
  } catch {
    return "";
  }
}
