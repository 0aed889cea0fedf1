import { readdirSync } from "node:fs";
import { readLink } from "../owners/proc-file.ts";
import { inodeOf } from "../procfs/holders.ts";

/** A process in each network namespace by the namespace's inode number; `self` in our own. */
export type NetworkNamespaces = ReadonlyMap<number, number | "self">;

/** The network namespaces that processes are in now. */
export function networkNamespaces(): NetworkNamespaces {
  const found = new Map<number, number | "self">();
  const own = inodeOf(readLink("/proc/self/ns/net"), "net:[");
  if (own !== undefined) found.set(own, "self");
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const namespace = inodeOf(readLink(`/proc/${pid}/ns/net`), "net:[");
    if (namespace !== undefined && !found.has(namespace)) found.set(namespace, pid);
  }
  return found;
}
