import { describe, expect, test } from "vitest";
import { eachRecord, type RingMemory, take } from "../../../../../src/collect/linux/ebpf/ring.ts";
import { ringBytes } from "./scene.ts";

const SIZE = 4096;
const BUSY = 0x80000000;
const DISCARDED = 0x40000000;

/** A ring as the kernel shares it: the data is mapped twice, so writing wraps and reading does not. */
class Ring {
  readonly memory: RingMemory;
  readonly #bytes = new Uint8Array(2 * SIZE);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(position = 0n) {
    this.memory = {
      consumer: new BigUint64Array([position]),
      producer: new BigUint64Array([position]),
      data: this.#view,
      bytes: this.#bytes,
    };
  }

  get consumed(): number {
    return Number(this.memory.consumer[0]);
  }

  /** The kernel's side: reserves and writes a record, and gives the place of its header. */
  write(payload: Uint8Array, flags = 0): number {
    const at = Number(this.memory.producer[0]);
    const length = 8 + ((payload.length + 7) & ~7);
    if (at + length - this.consumed > SIZE) throw new Error("the kernel would have found the ring full");
    const record = Buffer.alloc(length);
    record.writeUInt32LE((payload.length | flags) >>> 0, 0);
    record.set(payload, 8);
    for (const [index, byte] of record.entries()) {
      this.#bytes[(at + index) % SIZE] = byte;
      this.#bytes[((at + index) % SIZE) + SIZE] = byte;
    }
    this.memory.producer[0] = BigInt(at + length);
    return at % SIZE;
  }

  /** The record at `place` is complete now. */
  submit(place: number): void {
    for (const copy of [place, place + SIZE])
      this.#view.setUint32(copy, this.#view.getUint32(copy, true) & ~BUSY, true);
  }
}

function payloads(bytes: Uint8Array | undefined): string[] {
  const found: string[] = [];
  if (bytes) {
    eachRecord(bytes, (at, length) => void found.push(Buffer.from(bytes.subarray(at, at + length)).toString()));
  }
  return found;
}

const words = (text: string) => Buffer.from(text);

describe("take", () => {
  test("gives nothing from an empty ring", () => {
    expect(take(new Ring().memory, 1000)).toBeUndefined();
  });

  test("gives whole records in order, and the kernel its room back", () => {
    const ring = new Ring();
    ring.write(words("one"));
    ring.write(words("twelve bytes"));
    expect(payloads(take(ring.memory, SIZE))).toEqual(["one", "twelve bytes"]);
    expect(ring.memory.consumer[0]).toBe(ring.memory.producer[0]);
    expect(take(ring.memory, SIZE)).toBeUndefined();
  });

  test("waits at a record that is still being written, also for those behind it", () => {
    const ring = new Ring();
    ring.write(words("before"));
    const place = ring.write(words("slow"), BUSY);
    ring.write(words("behind"));
    expect(payloads(take(ring.memory, SIZE))).toEqual(["before"]);
    expect(take(ring.memory, SIZE)).toBeUndefined();
    ring.submit(place);
    expect(payloads(take(ring.memory, SIZE))).toEqual(["slow", "behind"]);
  });

  test("passes over what was discarded", () => {
    const ring = new Ring();
    ring.write(words("kept"));
    ring.write(words("thrown away"), DISCARDED);
    ring.write(words("kept too"));
    expect(payloads(take(ring.memory, SIZE))).toEqual(["kept", "kept too"]);
    expect(ring.memory.consumer[0]).toBe(ring.memory.producer[0]);
  });

  test("goes on behind records of which all were discarded", () => {
    const ring = new Ring();
    ring.write(words("thrown away"), DISCARDED);
    expect(payloads(take(ring.memory, SIZE))).toEqual([]);
    expect(ring.memory.consumer[0]).toBe(ring.memory.producer[0]);
  });

  test("ends with the record that reaches the limit", () => {
    const ring = new Ring();
    for (let i = 10; i < 33; i++) ring.write(words(`record ${i}`)); // 24 bytes each with the header
    expect(payloads(take(ring.memory, 48))).toEqual(["record 10", "record 11"]);
    expect(payloads(take(ring.memory, 49))).toEqual(["record 12", "record 13", "record 14"]);
    expect(payloads(take(ring.memory, SIZE))).toHaveLength(18);
  });

  test("reads on over the end of the memory", () => {
    const ring = new Ring();
    const seen: string[] = [];
    const written: string[] = [];
    for (let i = 0; i < 2003; i++) {
      const text = `record ${i} ${"x".repeat(i % 101)}`;
      ring.write(words(text));
      written.push(text);
      if (i % 7 === 0) seen.push(...payloads(take(ring.memory, SIZE)));
    }
    seen.push(...payloads(take(ring.memory, SIZE)));
    expect(ring.consumed).toBeGreaterThan(10 * SIZE);
    expect(seen).toEqual(written);
  });

  test.each([2n ** 32n, 2n ** 40n])("counts on beyond %s bytes", (far) => {
    const ring = new Ring(far - 16n);
    for (let i = 0; i < 23; i++) ring.write(words(`record ${i}`));
    expect(payloads(take(ring.memory, SIZE))).toHaveLength(23);
    expect(ring.memory.consumer[0]).toBe(ring.memory.producer[0]);
  });

  test("gives bytes of its own: what the kernel writes next does not change them", () => {
    const ring = new Ring();
    ring.write(words("first"));
    const bytes = take(ring.memory, SIZE);
    while (ring.consumed < 2 * SIZE) {
      ring.write(words("other"));
      take(ring.memory, SIZE);
    }
    expect(payloads(bytes)).toEqual(["first"]);
  });
});

describe("eachRecord", () => {
  test("ends at a length that does not fit", () => {
    const bytes = ringBytes(words("whole"), words("cut off"));
    expect(payloads(bytes.subarray(0, bytes.length - 2))).toEqual(["whole"]);
    expect(payloads(bytes.subarray(0, 18))).toEqual(["whole"]);
    new DataView(bytes.buffer).setUint32(0, 0x3fffffff, true);
    expect(payloads(bytes)).toEqual([]);
  });

  test("gives places within a view that does not begin at its buffer's start", () => {
    const bytes = ringBytes(words("whole"));
    const inside = new Uint8Array(bytes.length + 24);
    inside.set(bytes, 24);
    expect(payloads(inside.subarray(24))).toEqual(["whole"]);
  });
});
