import { Assembler, type Surroundings } from "../../../../../src/collect/linux/ebpf/assemble/assembler.ts";
import { RING_HEADER } from "../../../../../src/collect/linux/ebpf/ring.ts";
import type { UdpEntries } from "../../../../../src/collect/linux/ebpf/udp-map.ts";
import type { CollectorEvent } from "../../../../../src/model/event.ts";
import type { Process } from "../../../../../src/model/process.ts";
import type { Micros } from "../../../../../src/model/time.ts";
import { NO_ENTRIES } from "./udp-entries.ts";

/** When the made-up machine booted: whole seconds as /proc/stat tells them, and exactly. */
export const BOOT_TIME: Micros = 1_700_000_000_000_000;
export const OFFSET: Micros = 1_700_000_000_400_000;
/** A second of the kernel's clock, in nanoseconds. */
export const SECOND = 1_000_000_000;

/** Wall time of `nanos` since boot on the made-up machine. */
export function wall(nanos: number): Micros {
  return OFFSET + nanos / 1000;
}

/** A process as records name it, and as the model does. */
export function startedAt(nanos: number): Micros {
  return BOOT_TIME + Math.floor(nanos / 10_000_000) * 10_000;
}

/** Records as the ring holds them: each with its header, aligned to eight bytes. */
export function ringBytes(...records: Uint8Array[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      records.map((record) => {
        const framed = Buffer.alloc(RING_HEADER + ((record.length + 7) & ~7));
        framed.writeUInt32LE(record.length, 0);
        framed.set(record, RING_HEADER);
        return framed;
      }),
    ),
  );
}

export type Sweep = { flows?: Uint8Array[]; udp?: UdpEntries; lost?: number[]; flushed?: number; offset?: Micros };

/** An assembler on a made-up machine, and its events so far. */
export class Scene {
  /** What /proc tells now. */
  readonly processes = new Map<number, Process>();
  readonly events: CollectorEvent[] = [];
  readonly #assembler: Assembler;
  #now = OFFSET + 1_000_000;

  constructor(surroundings: Partial<Surroundings> = {}) {
    this.#assembler = new Assembler(
      {
        bootTime: BOOT_TIME,
        offset: OFFSET,
        hasUdpBytes: true,
        read: (pid) => this.processes.get(pid),
        userName: (uid) => (uid === 33 ? "www-data" : undefined),
        interfaceName: ({ index }) => (index === 2 ? "eth0" : undefined),
        ...surroundings,
      },
      this.#now,
      (events) => void this.events.push(...events),
    );
  }

  /** The events of one batch from the ring. */
  ring(...records: Uint8Array[]): CollectorEvent[] {
    return this.take(ringBytes(...records));
  }

  /** The events of bytes that the ring is said to have held. */
  take(bytes: Uint8Array): CollectorEvent[] {
    return this.#told(() => this.#assembler.take({ kind: "ring", bytes }, this.#now));
  }

  /** A second later: what the sweep then finds. */
  sweep({ flows = [], udp = NO_ENTRIES, lost = [], flushed, offset = OFFSET }: Sweep = {}): CollectorEvent[] {
    this.#now += 1_000_000;
    const message = {
      kind: "sweep" as const,
      offset,
      flows: new Uint8Array(Buffer.concat(flows)),
      udp,
      lost,
      ...(flushed !== undefined && { flushed }),
    };
    return this.#told(() => this.#assembler.take(message, this.#now));
  }

  callers(pid: number, stack: number, callers: string[]): CollectorEvent[] {
    return this.#told(() => this.#assembler.take({ kind: "callers", pid, stack, callers }, this.#now));
  }

  /** The ends of UDP sockets are watched from now on; `records` are what is open. */
  udpOpen(...records: Uint8Array[]): CollectorEvent[] {
    const seed = new Uint8Array(Buffer.concat(records));
    return this.#told(() =>
      this.#assembler.take({ kind: "udp-open", at: this.#now, seed, degradations: [] }, this.#now),
    );
  }

  seed(...records: Uint8Array[]): CollectorEvent[] {
    return this.#told(() => this.#assembler.seed(new Uint8Array(Buffer.concat(records))));
  }

  /** Sweeps until nothing waits for anything any more. */
  settle(): void {
    for (let i = 0; i < 3; i++) this.sweep();
  }

  /** The events so far of one kind. */
  of<Kind extends CollectorEvent["kind"]>(kind: Kind): Extract<CollectorEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<CollectorEvent, { kind: Kind }> => event.kind === kind);
  }

  #told(work: () => void): CollectorEvent[] {
    const before = this.events.length;
    work();
    return this.events.slice(before);
  }
}
