import { readLink } from "../owners/proc-file.ts";
import { type Holders, inodeOf } from "./holders.ts";
import { unreadableReason } from "./limits.ts";

/** How much of the machine's processes this /proc lets this user see. */
export type Visibility = {
  /** Processes that are listed and may not be looked into. */
  unreadable: number;
  /** Processes of others are not even listed: /proc is mounted with hidepid (proc(5)). */
  hidden: boolean;
  /** Processes outside this pid namespace may hold sockets of the network namespaces seen. */
  nested: boolean;
  /** Every process was seen, so a socket that none of them holds is the kernel's own. */
  complete: boolean;
};

/** Inode number of the first pid namespace, PROC_PID_INIT_INO of include/linux/proc_ns.h. */
const FIRST_PID_NAMESPACE = 0xef_ff_ff_fc;

/** What the walk over `pids` that gave `holders` may have missed. */
export function readVisibility(root: string, pids: readonly number[], holders: Holders): Visibility {
  const { unreadable } = holders;
  const hidden = !pids.includes(1);
  const namespace = inodeOf(readLink(`${root}/self/ns/pid`), "pid:[");
  const nested = namespace !== FIRST_PID_NAMESPACE;
  return { unreadable, hidden, nested, complete: unreadable === 0 && !hidden && !nested };
}

/** The reasons for gaps in a snapshot, with the count where it is known. */
export function visibilityReasons(visibility: Visibility): { reason: string; lost?: number }[] {
  const reasons: { reason: string; lost?: number }[] = [];
  if (visibility.unreadable > 0)
    reasons.push({ reason: unreadableReason(visibility.unreadable, process.getuid?.() === 0) });
  if (visibility.hidden)
    reasons.push({ reason: "processes of other users are hidden (/proc is mounted with hidepid)" });
  return reasons;
}
