import { readv } from "node:fs";
import { SNAPSHOT_RECORD } from "./records.gen.ts";

/**
 * What one read of a BPF iterator may give: the kernel fills eight pages (`bpf_seq_read`, kernel/bpf/bpf_iter.c), here
 * in whole records. Were it asked for another size, it would stop inside a record, and `readv` before its next segment.
 */
const SEGMENT = Math.floor((8 * 4096) / SNAPSHOT_RECORD.size) * SNAPSHOT_RECORD.size;
/** How many of these one system call fills: half a megabyte, so that records are decoded while others are read. */
const FEW = 16;
/** For what is decoded later: 95,000 records. */
const MANY = 256;

/**
 * One pass of the kernel, in batches of whole records: Node's threads read one while `take` has the one before.
 * @throws Error where the kernel cannot finish the pass.
 */
export async function readPass(fd: number, take: (records: Uint8Array) => void): Promise<void> {
  const batch = () => {
    const buffer = Buffer.allocUnsafeSlow(SEGMENT * FEW);
    return readInto(fd, buffer).then((length) => buffer.subarray(0, length));
  };
  let next = batch();
  for (let records = await next; records.length > 0; records = await next) {
    next = batch();
    take(records);
  }
}

/** The records of several passes, read in Node's threads while the main thread decodes others. Throws as `readPass`. */
export async function readPassesAside(fds: readonly number[]): Promise<Uint8Array[]> {
  const full: Uint8Array[] = [];
  let buffer = Buffer.allocUnsafeSlow(SEGMENT * MANY);
  let used = 0;
  for (const fd of fds) {
    for (;;) {
      const length = await readInto(fd, buffer.subarray(used));
      if (length === 0) break;
      used += length;
      if (buffer.length - used >= SEGMENT) continue;
      full.push(buffer.subarray(0, used));
      buffer = Buffer.allocUnsafeSlow(SEGMENT * MANY);
      used = 0;
    }
  }
  return [...full, buffer.subarray(0, used)];
}

/** Fills `buffer` as far as one system call does. A pass that has nothing to say for now answers EAGAIN: it is asked again. */
function readInto(fd: number, buffer: Buffer): Promise<number> {
  const segments: Buffer[] = [];
  for (let at = 0; at + SEGMENT <= buffer.length; at += SEGMENT) segments.push(buffer.subarray(at, at + SEGMENT));
  return new Promise((resolve, reject) => {
    const read = () => {
      readv(fd, segments, null, (error, length) => {
        if (error === null) resolve(length);
        else if (error.code === "EAGAIN") read();
        else reject(error);
      });
    };
    read();
  });
}
