import type { Readiness } from "../../../model/interfaces.ts";
import { listPids, readHolders } from "./holders.ts";
import { readVisibility, visibilityReasons } from "./visibility.ts";

/** Whether the /proc at `root` can be read, and which part of the machine it hides from this user. */
export async function probe(root = "/proc"): Promise<Readiness> {
  const name = "procfs";
  try {
    const pids = listPids(root);
    if (pids.length === 0) return notMounted(root, "it lists no process");
    const visibility = readVisibility(root, pids, readHolders(root, pids));
    const degradations = visibilityReasons(visibility).map(({ reason }) => ({
      what: `the owners of some sockets: ${reason}`,
      remedy: "sudo ./portolan ls",
    }));
    return { name, ready: true, degradations };
  } catch (error) {
    return notMounted(root, error instanceof Error ? error.message : String(error));
  }
}

function notMounted(root: string, why: string): Readiness {
  const degradation = { what: `${root} cannot be read: ${why}`, remedy: "sudo mount -t proc proc /proc" };
  return { name: "procfs", ready: false, degradations: [degradation] };
}
