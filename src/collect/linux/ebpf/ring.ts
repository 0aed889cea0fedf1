/**
 * The BPF ring buffer as the kernel shares it (kernel/bpf/ringbuf.c): a page with the consumer's position, one with the
 * producers', then the data, mapped twice in a row so that no record is ever split. Each record has an eight-byte
 * header: its length with two flags, and its page offset.
 */
export const RING_HEADER = 8;
const BUSY = 0x80000000;
const DISCARDED = 0x40000000;

/** The three shared parts of a ring, over its mapped memory or, in tests, over plain buffers. */
export type RingMemory = { consumer: BigUint64Array; producer: BigUint64Array; data: DataView; bytes: Uint8Array };

/**
 * Takes what is complete out of the ring, up to `limit` bytes: whole records with their headers, copied, or undefined
 * when there is nothing. A record that is still being written ends the take; it and all behind it come next time.
 */
export function take(ring: RingMemory, limit: number): Uint8Array | undefined {
  const size = ring.bytes.length / 2;
  const from = Number(Atomics.load(ring.consumer, 0));
  const until = Number(Atomics.load(ring.producer, 0));
  let at = from;
  while (at < until && at - from < limit) {
    const length = ring.data.getUint32(at % size, true);
    if (length >= BUSY) break;
    at += RING_HEADER + align(length & ~DISCARDED);
  }
  if (at === from) return undefined;
  const start = from % size;
  const copy = ring.bytes.slice(start, start + (at - from));
  Atomics.store(ring.consumer, 0, BigInt(at));
  return copy;
}

/**
 * Calls `visit` with the offset and length of each record in bytes that `take` gave. Garbled lengths end the walk.
 */
export function eachRecord(bytes: Uint8Array, visit: (offset: number, length: number) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + RING_HEADER <= bytes.length) {
    const header = view.getUint32(at, true);
    const length = header & 0x3fffffff;
    if (at + RING_HEADER + length > bytes.length) return;
    if (!(header & DISCARDED)) visit(at + RING_HEADER, length);
    at += RING_HEADER + align(length);
  }
}

function align(length: number): number {
  return (length + 7) & ~7;
}
