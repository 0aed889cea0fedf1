import { readdirSync } from "node:fs";
import { readLink } from "../owners/proc-file.ts";
import { attachIterator, type Iterator, readIterator } from "./iterator.ts";
import type { Libbpf } from "./libbpf.ts";
import { inNamespace } from "./namespace.ts";
import { loadObject } from "./object.ts";

/** The records of one network namespace's tables. */
export type NamespacePass = { bytes: Uint8Array };

export type Passes = {
  /** Sockets with the processes that hold them, of all namespaces. */
  held: Uint8Array;
  namespaces: NamespacePass[];
  /** What could not be looked at, as reasons. */
  gaps: string[];
};

/** One pass over all open files, then one over the tables of each network namespace that a process is in. */
export function passOverSockets(libbpf: Libbpf): Passes {
  const object = loadObject(libbpf, "snapshot");
  const links: bigint[] = [];
  try {
    const iterator = (name: string): Iterator => {
      const program = object.programs.get(name);
      const attached = program && attachIterator(libbpf, program.handle);
      if (!attached) throw new Error(`the kernel does not attach the BPF iterator ${name}`);
      links.push(attached.link);
      return attached;
    };
    const tables = [iterator("all_tcp"), iterator("all_udp")];
    const held = readIterator(libbpf, iterator("held"));
    const namespaces: NamespacePass[] = [];
    const gaps: string[] = [];
    const readTables = () => {
      for (const table of tables) namespaces.push({ bytes: readIterator(libbpf, table) });
    };
    readTables();
    for (const [inode, pid] of otherNamespaces()) {
      if (!inNamespace(pid, readTables)) gaps.push(`network namespace ${inode} went away or cannot be entered`);
    }
    return { held, namespaces, gaps };
  } finally {
    for (const link of links) libbpf.destroyLink(link);
    object.close();
  }
}

/** Network namespaces other than our own, each with a process in it. */
function otherNamespaces(): Map<string, number> {
  const own = readLink("/proc/self/ns/net");
  const found = new Map<string, number>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const namespace = readLink(`/proc/${pid}/ns/net`);
    if (namespace && namespace !== own && !found.has(namespace)) found.set(namespace, pid);
  }
  return found;
}
