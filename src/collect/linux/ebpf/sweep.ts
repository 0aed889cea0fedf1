import { addressOf } from "../../../ffi/memory.ts";
import type { Libbpf } from "./libbpf.ts";
import type { LoadedObject } from "./object.ts";
import { SOCK_RECORD, SWEEP, SWEEP_REQUEST } from "./records.gen.ts";
import { mapShared, pageSize } from "./shared-memory.ts";

/** Looks at all flows that are open. */
export type Sweep = {
  /** A record of each, as `struct sock_record`s back to back. @throws Error where the kernel does not run the program. */
  openFlows(): Uint8Array;
  unmap(): void;
};

/** Layout of struct bpf_test_run_opts of libbpf's bpf.h. */
const OPTIONS = { size: 80, context: 32, contextSize: 48 };

/** The sweep of a capture; one without the program finds nothing. */
export function createSweep(libbpf: Libbpf, object: LoadedObject): Sweep {
  const program = object.programs.get("sweep_flows");
  if (!program) return { openFlows: () => new Uint8Array(), unmap: () => undefined };
  const page = pageSize();
  const length = Math.ceil((SWEEP.SWEEP_SLICE * SOCK_RECORD.size) / page) * page;
  const swept = mapShared(object.mapFd("swept"), { offset: 0, length });
  const request = Buffer.alloc(SWEEP_REQUEST.size);
  const options = Buffer.alloc(OPTIONS.size);
  options.writeBigUInt64LE(BigInt(OPTIONS.size), 0);
  options.writeBigUInt64LE(addressOf(request), OPTIONS.context);
  options.writeUInt32LE(request.length, OPTIONS.contextSize);
  let number: number = SWEEP.SWEEP_FIRST;
  const slice = (): Uint8Array => {
    request.writeUInt32LE(number, SWEEP_REQUEST.number);
    const status = libbpf.run(libbpf.programFd(program.handle), options);
    if (status !== 0) throw new Error(`the kernel does not run sweep_flows (error ${-status})`);
    return new Uint8Array(swept.memory, 0, request.readUInt32LE(SWEEP_REQUEST.count) * SOCK_RECORD.size).slice();
  };
  return {
    openFlows() {
      const slices: Uint8Array[] = [];
      do slices.push(slice());
      while (slices.at(-1)?.length === SWEEP.SWEEP_SLICE * SOCK_RECORD.size);
      number++;
      return slices.length === 1 && slices[0] ? slices[0] : new Uint8Array(Buffer.concat(slices));
    },
    unmap: () => swept.unmap(),
  };
}
