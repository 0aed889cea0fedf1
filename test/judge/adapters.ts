import type { Adapter } from "./adapter.ts";
import { bpftrace } from "./adapters/bpftrace.ts";
import { conntrack } from "./adapters/conntrack.ts";
import { lsof } from "./adapters/lsof.ts";
import { netstat } from "./adapters/netstat.ts";
import { portolanLsEbpf, portolanLsProcfs } from "./adapters/portolan-ls.ts";
import { portolanRecord } from "./adapters/portolan-record.ts";
import { portolanRun } from "./adapters/portolan-run.ts";
import { ss } from "./adapters/ss.ts";
import { strace } from "./adapters/strace.ts";

/** Portolan in each of its ways. */
export const OWN: Adapter[] = [portolanRun, portolanRecord, portolanLsEbpf, portolanLsProcfs];

/** The others. */
export const PEERS: Adapter[] = [ss, lsof, netstat, bpftrace, strace, conntrack];

/**
 * Which observers share a play: those that change nothing about how the scenario runs share one, any other has its own.
 * The recorder is there before all that it records, and what looks at the hold looks at the same sockets.
 */
export function groups(adapters: readonly Adapter[]): Adapter[][] {
  const quiet = adapters.filter((adapter) => adapter.scope === "ls" || adapter === portolanRecord);
  const alone = adapters.filter((adapter) => !quiet.includes(adapter));
  return [...alone.map((adapter) => [adapter]), ...(quiet.length > 0 ? [quiet] : [])];
}
