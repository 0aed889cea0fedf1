import { readdirSync } from "node:fs";
import { readLink } from "../owners/proc-file.ts";
import { inodeOf } from "../procfs/holders.ts";

/** A process in each network namespace by the namespace's inode number; `self` in our own. */
export type NetworkNamespaces = ReadonlyMap<number, number | "self">;

/** The network namespaces that these processes are in now: all, or those of `pids`. */
export function networkNamespaces(pids: readonly number[] | "all" = "all"): NetworkNamespaces {
  const found = new Map<number, number | "self">();
  const own = namespaceOf("self");
  if (own !== undefined && pids === "all") found.set(own, "self");
  for (const pid of pids === "all" ? readdirSync("/proc").map(Number) : pids) {
    if (!Number.isInteger(pid)) continue;
    const namespace = namespaceOf(pid);
    if (namespace !== undefined && !found.has(namespace)) found.set(namespace, namespace === own ? "self" : pid);
  }
  return found;
}

function namespaceOf(pid: number | "self"): number | undefined {
  return inodeOf(readLink(`/proc/${pid}/ns/net`), "net:[");
}
