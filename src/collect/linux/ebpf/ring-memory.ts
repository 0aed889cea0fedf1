import type { RingMemory } from "./ring.ts";
import { mapShared, pageSize } from "./shared-memory.ts";

/** A ring that is mapped; after `unmap` nobody may look into it any more. */
export type MappedRing = RingMemory & { unmap(): void };

/**
 * Maps the ring behind `mapFd` (`size` bytes of data) into this process.
 * @throws Problem `not-available` where memory cannot be mapped.
 */
export function mapRing(mapFd: number, size: number): MappedRing {
  const page = pageSize();
  const consumer = mapShared(mapFd, { offset: 0, length: page, writable: true });
  const producer = mapShared(mapFd, { offset: page, length: page + 2 * size });
  return {
    consumer: new BigUint64Array(consumer.memory, 0, 1),
    producer: new BigUint64Array(producer.memory, 0, 1),
    data: new DataView(producer.memory, page, 2 * size),
    bytes: new Uint8Array(producer.memory, page, 2 * size),
    unmap() {
      consumer.unmap();
      producer.unmap();
    },
  };
}
