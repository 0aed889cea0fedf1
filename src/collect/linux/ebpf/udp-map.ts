import type { Libbpf } from "./libbpf.ts";
import { UDP_KEY, UDP_VALUE } from "./records.gen.ts";

const BATCH = 1024;

/** Drained entries of a udp map: keys and values back to back, the same number of each. */
export type UdpEntries = { keys: Uint8Array; values: Uint8Array };

/**
 * The two maps that take turns. `turn` makes the other one active; what the idle one holds is still until the next turn,
 * once the programs that were running at the turn have ended (microseconds).
 */
export type UdpMaps = { turn(): void; drainIdle(): UdpEntries };

export function udpMaps(libbpf: Libbpf, fds: { a: number; b: number; active: number }): UdpMaps {
  let active = 0;
  const key = new Uint8Array(4);
  return {
    turn() {
      active = 1 - active;
      const value = new Uint8Array(new Uint32Array([active]).buffer);
      const status = libbpf.update(fds.active, key, value, 0);
      if (status !== 0) throw new Error(`the udp maps cannot be turned over (error ${-status})`);
    },
    drainIdle: () => drain(libbpf, active === 0 ? fds.b : fds.a),
  };
}

function drain(libbpf: Libbpf, fd: number): UdpEntries {
  const keys: Uint8Array[] = [];
  const values: Uint8Array[] = [];
  let from: Uint8Array | null = null;
  for (;;) {
    const to = new Uint8Array(8);
    const count = new Uint32Array([BATCH]);
    const someKeys = new Uint8Array(BATCH * UDP_KEY.size);
    const someValues = new Uint8Array(BATCH * UDP_VALUE.size);
    const status = libbpf.drainBatch(fd, from, to, someKeys, someValues, count, null);
    const taken = count[0] ?? 0;
    keys.push(someKeys.subarray(0, taken * UDP_KEY.size));
    values.push(someValues.subarray(0, taken * UDP_VALUE.size));
    if (status !== 0) break; // ENOENT: that was the last of it
    from = to;
  }
  return { keys: new Uint8Array(Buffer.concat(keys)), values: new Uint8Array(Buffer.concat(values)) };
}
