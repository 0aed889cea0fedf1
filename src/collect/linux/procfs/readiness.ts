import type { Readiness } from "../../../model/interfaces.ts";
import { listPids, readHolders } from "./holders.ts";
import { captureLimits, lookLimits, unreadable } from "./limits.ts";
import { readVisibility } from "./visibility.ts";

/** Whether the /proc at `root` can be read, what this user may not see of it, and what looking and polling cannot see at all. */
export function probe(root = "/proc"): Readiness {
  const asRoot = process.getuid?.() === 0;
  let pids: number[];
  try {
    pids = listPids(root);
  } catch (error) {
    const what = `sockets and processes: ${root} cannot be read (${error instanceof Error ? error.message : error})`;
    return { name: "procfs", ready: false, degradations: [{ what, remedy: "mount -t proc proc /proc" }] };
  }
  const visibility = readVisibility(root, pids, readHolders(root, pids));
  const degradations = [...captureLimits(asRoot), ...lookLimits(asRoot)];
  if (visibility.unreadable > 0) degradations.unshift(unreadable(visibility.unreadable, asRoot));
  if (visibility.hidden) {
    const what = "processes of other users are hidden (/proc is mounted with hidepid)";
    degradations.unshift(asRoot ? { what } : { what, remedy: "sudo ./portolan ls" });
  }
  if (visibility.nested) {
    degradations.unshift({ what: "processes outside this container: their sockets show no owner" });
  }
  return { name: "procfs", ready: true, degradations };
}
