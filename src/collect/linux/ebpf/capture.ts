import { Worker } from "node:worker_threads";
import type { Capture, EventSink, Scope } from "../../../model/interfaces.ts";
import { Problem } from "../../../model/problem.ts";
import { type Micros, micros } from "../../../model/time.ts";
import { cgroup2Mount, cgroupIdentity } from "../cgroup/mount.ts";
import { createProcessReader } from "../owners/process.ts";
import { readUsers } from "../owners/users.ts";
import { Assembler, type Delivered } from "./assemble/assembler.ts";
import type { Link } from "./assemble/fields.ts";
import { followedPids } from "./followed.ts";
import { type InterfaceNames, interfaceNames } from "./interface-names.ts";
import type { CaptureRequest, FromConsumer, ToConsumer } from "./messages.ts";
import { workerPath } from "./place.ts";

const SWEEP_MILLISECONDS = 1000;
/** 16 MB hold a second of more connections than two processors can make. */
const RING_BYTES = 1 << 24;

/**
 * Follows `scope` with programs in the kernel. Resolves once they are attached: what happens from then on is seen.
 * PORTOLAN_RING_BYTES, meant for tests, makes the ring smaller (a power of two, at least a page).
 * @throws Problem as `createEbpfCollector`.
 */
export async function startCapture(scope: Scope, sink: EventSink): Promise<Capture> {
  const done = new BigInt64Array(new SharedArrayBuffer(8));
  const request = requestOf(scope);
  const worker = new Worker(workerPath(), { workerData: { request, done }, trackUnmanagedFds: false });
  const messages = listen(worker);
  const ready = await messages.ready;
  const startedAt = now();
  const names = interfaceNames();
  const assembler = new Assembler({ ...surroundings(ready, names), offset: ready.offset }, startedAt, sink);
  const deliver = (message: Delivery): void => {
    if (message.kind === "link") {
      names.learn(message.networkNamespace, message.index, message.name);
      return;
    }
    assembler.take(message, now());
    if (message.kind === "udp-open") ready.degradations.splice(0, ready.degradations.length, ...message.degradations);
    if (message.kind === "ring") Atomics.add(done, 0, BigInt(message.bytes.length));
  };
  if (ready.seed) assembler.seed(ready.seed);
  messages.deliverTo(deliver);
  let closed = false;
  const flush = () => messages.flush();
  return {
    collector: "ebpf",
    degradations: ready.degradations,
    flush,
    standing: () => [...ready.gaps],
    broken: messages.broken,
    async close() {
      if (closed) return;
      closed = true;
      try {
        await flush();
      } finally {
        await messages.close();
      }
      for (const reason of ready.gaps)
        sink([{ kind: "gap", at: now(), gap: { from: startedAt, until: now(), reason } }]);
    },
  };
}

function now(): Micros {
  return micros(Date.now());
}

function requestOf(scope: Scope): CaptureRequest {
  const mount = cgroup2Mount();
  const attachTo = scope.kind === "cgroup" ? scope.path : mount;
  const identity = mount !== undefined && attachTo !== undefined ? cgroupIdentity(mount, attachTo) : undefined;
  return {
    ...(attachTo !== undefined && identity && { cgroup: { path: attachTo, level: identity.level } }),
    ...(scope.kind === "cgroup" && identity && { scopeCgroup: identity.id }),
    pids: followedPids(scope),
    wholeMachine: scope.kind === "machine",
    late: true,
    ringBytes: ringBytes(process.env.PORTOLAN_RING_BYTES),
    sweepMilliseconds: SWEEP_MILLISECONDS,
  };
}

/** @throws Problem `bad-value` for a size that no ring can have (bpf(2), BPF_MAP_TYPE_RINGBUF). */
function ringBytes(asked: string | undefined): number {
  if (asked === undefined) return RING_BYTES;
  const bytes = Number(asked);
  if (Number.isInteger(Math.log2(bytes)) && bytes >= 4096 && bytes <= 1 << 30) return bytes;
  throw new Problem("bad-value", `PORTOLAN_RING_BYTES is "${asked}"`, {
    why: "A ring has a power of two of bytes, from 4096.",
    next: "unset PORTOLAN_RING_BYTES",
  });
}

function surroundings(ready: Ready, names: InterfaceNames) {
  const reader = createProcessReader("/proc");
  const users = readUsers("/proc");
  return {
    bootTime: reader.bootTime,
    hasUdpBytes: !ready.degradations.some((one) => one.what.startsWith("UDP byte counts")),
    read: (pid: number) => reader.read(pid),
    userName: (uid: number) => users.get(uid),
    interfaceName: (link: Link) => names.of(link),
  };
}

type Ready = Extract<FromConsumer, { kind: "ready" }>;
type Delivery = Extract<FromConsumer, { kind: Delivered | "link" }>;

/** The conversation with the consumer's thread. A thread that dies fails whatever waits for it. */
function listen(worker: Worker) {
  let target: ((message: Delivery) => void) | undefined;
  const early: Delivery[] = [];
  const flushes = new Map<number, () => void>();
  let failed: ((error: Error) => void) | undefined;
  let failure: Error | undefined;
  let breaks = (_: Error): void => {};
  const broken = new Promise<Error>((resolve) => {
    breaks = resolve;
  });
  let ended = false;
  let count = 0;
  const fail = (error: Error): void => {
    failure = error;
    failed?.(error);
    breaks(error);
    for (const wake of flushes.values()) wake();
  };
  const ready = new Promise<Ready>((resolve, reject) => {
    failed = reject;
    worker.on("message", (message: FromConsumer) => {
      if (message.kind === "ready") resolve(message);
      else if (message.kind === "problem") fail(problemOf(message));
      else if (target) target(message);
      else early.push(message);
      if (message.kind === "sweep" && message.flushed !== undefined) flushes.get(message.flushed)?.();
    });
  });
  worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", () => {
    ended = true;
    if (!failure) fail(new Error("the consumer's thread ended by itself"));
  });
  const send = (message: ToConsumer): void => worker.postMessage(message);
  return {
    ready,
    broken,
    deliverTo(receiver: (message: Delivery) => void) {
      for (const message of early.splice(0)) receiver(message);
      target = receiver;
    },
    async flush(): Promise<void> {
      if (failure) throw failure;
      const id = ++count;
      await new Promise<void>((resolve) => {
        flushes.set(id, resolve);
        send({ kind: "flush", id });
      });
      flushes.delete(id);
      if (failure) throw failure;
    },
    async close(): Promise<void> {
      failure = new Error("the capture is closed");
      if (ended) return;
      const exit = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      send({ kind: "close" });
      await exit;
    },
  };
}

function problemOf(message: Extract<FromConsumer, { kind: "problem" }>): Problem {
  const { why, next } = message;
  return new Problem(message.code, message.what, { ...(why && { why }), ...(next && { next }) });
}
