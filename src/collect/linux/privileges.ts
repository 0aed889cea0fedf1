import { openLibc } from "../../ffi/libc.ts";

/** Numbers of capabilities(7), from include/uapi/linux/capability.h. */
const CAPABILITIES = {
  overrideAccess: 1,
  readAnything: 2,
  administerNetwork: 12,
  lookIntoProcesses: 19,
  administerSystem: 21,
  measurePerformance: 38,
  loadPrograms: 39,
} as const;

type Capability = keyof typeof CAPABILITIES;

/** What loading and attaching the programs takes, and entering network namespaces. */
export const TO_OBSERVE: readonly Capability[] = [
  "administerNetwork",
  "administerSystem",
  "measurePerformance",
  "loadPrograms",
  "lookIntoProcesses",
  "readAnything",
];

/** What is left to do once they are attached: reading /proc of other users' processes. */
export const TO_FOLLOW: readonly Capability[] = ["lookIntoProcesses", "readAnything"];

const VERSION = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
const PR_CAPBSET_READ = 23; // include/uapi/linux/prctl.h
const PR_CAPBSET_DROP = 24;
const PR_SET_NO_NEW_PRIVS = 38;
const LAST = 63;

/**
 * Gives up, for good, every capability of this thread but those of `keep` that it has; threads that it starts later have no
 * more than that, and no program that it starts gains any (capset(2), prctl(2), PR_SET_NO_NEW_PRIVS). Threads that are
 * there already keep theirs: it keeps out mistakes, and whoever has taken over this thread and no other.
 */
export function keepOnly(keep: readonly Capability[]): void {
  const libc = openLibc();
  const prctl = libc.declare<(option: number, a: number, b: number, c: number, d: number) => number>(
    "int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)",
  );
  const capget = libc.declare<(header: Uint8Array, sets: Uint8Array) => number>("int capget(void *, void *)");
  const capset = libc.declare<(header: Uint8Array, sets: Uint8Array) => number>("int capset(void *, void *)");
  const kept = new Set<number>(keep.map((name) => CAPABILITIES[name]));
  for (let capability = 0; capability <= LAST; capability++) {
    // Without the capability to do so, or where the kernel has no such capability, there is nothing to drop.
    if (!kept.has(capability) && prctl(PR_CAPBSET_READ, capability, 0, 0, 0) === 1)
      prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const header = Buffer.alloc(8); // version, and 0 for this thread
  header.writeUInt32LE(VERSION, 0);
  // For each half of the 64 capabilities: effective, permitted, inheritable.
  const sets = Buffer.alloc(24);
  if (capget(header, sets) !== 0) return;
  for (let word = 0; word < 6; word++) {
    const half = word < 3 ? 0 : 32;
    let mask = 0;
    for (const capability of kept) if (capability >= half && capability < half + 32) mask |= 1 << (capability - half);
    sets.writeUInt32LE((sets.readUInt32LE(word * 4) & mask) >>> 0, word * 4);
  }
  capset(header, sets);
}
