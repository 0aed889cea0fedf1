import type { Adapter } from "./adapter.ts";
import { bpftrace } from "./adapters/bpftrace.ts";
import { conntrack } from "./adapters/conntrack.ts";
import { lsof } from "./adapters/lsof.ts";
import { nethogs } from "./adapters/nethogs.ts";
import { netstat } from "./adapters/netstat.ts";
import { portolanLsEbpf, portolanLsProcfs } from "./adapters/portolan-ls.ts";
import { portolanRecord } from "./adapters/portolan-record.ts";
import { portolanRun } from "./adapters/portolan-run.ts";
import { ss } from "./adapters/ss.ts";
import { strace } from "./adapters/strace.ts";

/** Portolan in each of its ways. */
export const OWN: Adapter[] = [portolanRun, portolanRecord, portolanLsEbpf, portolanLsProcfs];

/** The others. */
export const PEERS: Adapter[] = [ss, lsof, netstat, bpftrace, strace, conntrack, nethogs];

/**
 * Which observers share a play. What wraps the scenario's command line has a play of its own; those that look at the hold
 * see the same sockets; the peers that watch the whole machine share one, away from Portolan, which watches it as well.
 */
export function groups(adapters: readonly Adapter[]): Adapter[][] {
  const alone = adapters.filter(({ scope }) => scope === "run");
  const quiet = adapters.filter((adapter) => adapter.scope === "ls" || (adapter.scope === "record" && adapter.own));
  const watching = adapters.filter((adapter) => adapter.scope === "record" && !adapter.own);
  return [...alone.map((adapter) => [adapter]), quiet, watching].filter((group) => group.length > 0);
}
