import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Problem } from "../../../model/problem.ts";
import { bootOffset } from "./boot-clock.ts";
import { callersOf } from "./callers.ts";
import { openLibbpf } from "./libbpf.ts";
import type { CaptureRequest, FromConsumer, ToConsumer } from "./messages.ts";
import { HEAD, RECORD_KIND, SOCK_RECORD, UDP_VALUE } from "./records.gen.ts";
import { eachRecord, take } from "./ring.ts";
import { memoryMap, openSession, type Session } from "./session.ts";

/**
 * How often the ring is looked into, in milliseconds: often while something comes, seldom while nothing does. The ring
 * holds several times what the longer interval can bring.
 */
const LOOK = 20;
const IDLE_LOOK = 100;
/** Stacks that are known to be explained; after so many, old ones may be explained again. */
const STACKS = 20_000;
/** IPPROTO_UDP, include/uapi/linux/in.h */
const UDP = 17;
/** How much is taken at once, in bytes. */
const LIMIT = 4 << 20;
/** Bytes that may wait for the main thread. Beyond that the ring fills up, and the kernel counts what is lost. */
const WAITING = 512 << 20;
/** The programs that run while the udp maps are turned over have ended after this many milliseconds. */
const GRACE = 5;

/**
 * The consumer's thread: it owns everything native and moves bytes out of the kernel, so that neither rendering nor the
 * disk can stall it. What the bytes mean is decoded elsewhere.
 */
class Consumer {
  readonly #port: MessagePort;
  readonly #session: Session;
  readonly #offset: () => number;
  readonly #done: BigInt64Array;
  readonly #known = new Set<number>();
  readonly #named = new Set<number>();
  #sent = 0n;
  #udpEnds = false;
  #look: NodeJS.Timeout | undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, request: CaptureRequest, done: BigInt64Array) {
    this.#port = port;
    this.#done = done;
    this.#session = openSession(openLibbpf(), request);
    this.#offset = bootOffset();
    const seed = request.late ? this.#session.seed() : undefined;
    this.#post({
      kind: "ready",
      degradations: this.#session.degradations,
      gaps: this.#session.gaps,
      offset: this.#offset(),
      ...(seed && { seed: new Uint8Array(seed) }),
    });
    if (seed) this.#noticeUdp(seed);
    this.#drainSoon(0);
    this.#sweep = setInterval(() => this.#sweepNow(), request.sweepMilliseconds);
  }

  async handle(message: ToConsumer): Promise<void> {
    if (message.kind === "close") {
      clearTimeout(this.#look);
      clearInterval(this.#sweep);
      this.#session.close();
      this.#port.close();
      return;
    }
    // Both udp maps are emptied: the idle one, then the one that was active until now.
    this.#sweepNow();
    await new Promise((resolve) => setTimeout(resolve, GRACE));
    this.#sweepNow(message.id);
  }

  #drainSoon(after: number): void {
    this.#look = setTimeout(() => {
      const before = this.#sent;
      const more = this.#drain();
      const idle = this.#sent === before;
      this.#drainSoon(more ? 0 : idle ? Math.min(IDLE_LOOK, after + LOOK) : LOOK);
    }, after);
  }

  /** Moves what the ring holds; true when there is more. */
  #drain(): boolean {
    if (this.#sent - Atomics.load(this.#done, 0) > BigInt(WAITING)) return false;
    const bytes = take(this.#session.ring, LIMIT);
    if (!bytes) return false;
    const udp = this.#lookOver(bytes);
    const more = bytes.length >= LIMIT;
    this.#sent += BigInt(bytes.length);
    this.#post({ kind: "ring", bytes }, [bytes.buffer as ArrayBuffer]);
    if (udp) this.#followUdpEnds();
    return more;
  }

  #sweepNow(flushed?: number): void {
    while (this.#drain());
    const { udp } = this.#session;
    const entries = udp.drainIdle();
    udp.turn();
    const used = entries.keys.length > 0;
    const values = new DataView(entries.values.buffer, entries.values.byteOffset);
    for (let at = 0; at < entries.values.length; at += UDP_VALUE.size) {
      this.#nameLink(values.getUint32(at + UDP_VALUE.netns, true), values.getInt32(at + UDP_VALUE.ifindex, true));
    }
    this.#post({
      kind: "sweep",
      offset: this.#offset(),
      flows: new Uint8Array(this.#session.openFlows()),
      udp: entries,
      lost: this.#session.lost(),
      ...(flushed !== undefined && { flushed }),
    });
    if (used) this.#followUdpEnds();
  }

  /** Until somebody uses UDP, nothing watches for its ends. */
  #followUdpEnds(): void {
    if (this.#udpEnds) return;
    this.#udpEnds = true;
    const seed = new Uint8Array(this.#session.followUdpEnds());
    this.#post({ kind: "udp-open", at: Date.now() * 1000, seed, degradations: this.#session.degradations });
  }

  #noticeUdp(seed: Uint8Array): void {
    for (let at = 0; at < seed.length; at += SOCK_RECORD.size) {
      if (seed[at + HEAD.protocol] === UDP) this.#followUdpEnds();
    }
  }

  /**
   * Names the modules of stacks that are new, at once, while the process is likely to be there. True when a record is
   * about UDP.
   */
  #lookOver(bytes: Uint8Array): boolean {
    let udp = false;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    eachRecord(bytes, (at, length) => {
      if (length !== SOCK_RECORD.size) return;
      if (bytes[at + HEAD.protocol] === UDP) udp = true;
      this.#nameLink(view.getUint32(at + SOCK_RECORD.netns, true), view.getInt32(at + SOCK_RECORD.ifindex, true));
      const kind = view.getUint16(at, true);
      if (kind !== RECORD_KIND.RECORD_LISTEN && kind !== RECORD_KIND.RECORD_FLOW) return;
      const stack = view.getInt32(at + SOCK_RECORD.stack, true);
      if (stack < 0) return;
      const pid = view.getUint32(at + 4, true);
      const key = pid * 65536 + stack;
      if (this.#known.has(key)) return;
      if (this.#known.size > STACKS) this.#known.clear();
      this.#known.add(key);
      const callers = callersOf(this.#session.stack(stack), memoryMap(pid));
      if (callers.length > 0) this.#post({ kind: "callers", pid, stack, callers });
    });
    return udp;
  }

  /** Tells the name of an interface before the records that speak of it. */
  #nameLink(networkNamespace: number, index: number): void {
    const key = networkNamespace * 65536 + index;
    if (index === 0 || this.#named.has(key)) return;
    const name = this.#session.linkName(networkNamespace, index);
    if (name === undefined) return;
    this.#named.add(key);
    this.#post({ kind: "link", networkNamespace, index, name });
  }

  #post(message: FromConsumer, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

function main(port: MessagePort): void {
  const { request, done } = workerData as { request: CaptureRequest; done: BigInt64Array };
  try {
    const consumer = new Consumer(port, request, done);
    port.on("message", (message: ToConsumer) => void consumer.handle(message));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, why, next } = error;
    port.postMessage({ kind: "problem", code, what: message, ...(why && { why }), ...(next && { next }) });
  }
}

if (parentPort) main(parentPort);
