import type { Pointer } from "../../../ffi/library.ts";
import { addressOf } from "../../../ffi/memory.ts";
import type { Libbpf } from "./libbpf.ts";
import { SOCK_RECORD } from "./records.gen.ts";
import { eachRecord, type RingMemory, take } from "./ring.ts";

/** Bytes of the ring `swept`, as the object asks for them. */
export const SWEPT_BYTES = 1 << 22;
/** struct bpf_test_run_opts of libbpf's bpf.h: offsets and size in bytes, on 64-bit machines. */
const OPTIONS = { size: 72, contextIn: 32, contextInSize: 48, answer: 56 };
/** More runs than a full map of flows can need. */
const RUNS = 1000;

/** Asks the kernel for the flows that are open and carried something since they were asked for last. */
export type Sweep = { openFlows(): Uint8Array };

/**
 * Sweeps by running `program`, whose records come through `ring`. A run that finds the ring full is followed by another.
 */
export function sweepBy(libbpf: Libbpf, program: Pointer, ring: RingMemory): Sweep {
  const argument = Buffer.alloc(8);
  const options = Buffer.alloc(OPTIONS.size);
  options.writeBigUInt64LE(BigInt(OPTIONS.size), 0);
  options.writeBigUInt64LE(addressOf(argument), OPTIONS.contextIn);
  options.writeUInt32LE(argument.length, OPTIONS.contextInSize);
  const fd = libbpf.programFd(program);
  let number = 0;
  return {
    openFlows() {
      // A flow that was never told has the number 0.
      number = (number % 0xffff) + 1;
      argument.writeUInt32LE(number, 0);
      const parts: Uint8Array[] = [];
      for (let run = 0; run < RUNS; run++) {
        const status = libbpf.testRun(fd, options);
        if (status !== 0) throw new Error(`the kernel does not run the sweep (error ${-status})`);
        for (let bytes = take(ring, SWEPT_BYTES); bytes; bytes = take(ring, SWEPT_BYTES)) parts.push(...records(bytes));
        if (options.readUInt32LE(OPTIONS.answer) === 0) break;
      }
      return Buffer.concat(parts);
    },
  };
}

function records(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  eachRecord(bytes, (at) => found.push(bytes.subarray(at, at + SOCK_RECORD.size)));
  return found;
}
