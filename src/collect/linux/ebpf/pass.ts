import { closeSync } from "node:fs";
import type { Pointer } from "../../../ffi/library.ts";
import { attachIterator } from "./iterator.ts";
import type { Libbpf } from "./libbpf.ts";
import { inNamespace } from "./namespace.ts";
import type { NetworkNamespaces } from "./network-namespaces.ts";
import { loadObject } from "./object.ts";
import { readPass, readPassesAside } from "./read-pass.ts";

/** Takes the records of all passes, in batches. */
export type Taker = {
  /** Sockets with the processes that hold them, of all namespaces. */
  held(records: Uint8Array): void;
  /** The tables of a network namespace; comes after all that is held. */
  listed(records: Uint8Array): void;
  /** How much is listed that has a file and that no process was found to hold. */
  readonly ownerless: number;
};

/**
 * One pass over all open files, and one over the tables of each network namespace that a process is in, at the same
 * time. What was opened in between makes another pass over the files. Answers what could not be looked at, as reasons.
 */
export async function passOverSockets(libbpf: Libbpf, namespaces: NetworkNamespaces, taker: Taker): Promise<string[]> {
  const object = loadObject(libbpf, "snapshot");
  const links: Pointer[] = [];
  const files: number[] = [];
  const link = (name: string): Pointer => {
    const program = object.programs.get(name);
    const attached = program && attachIterator(libbpf, program.handle);
    if (!attached) throw new Error(`the kernel does not attach the BPF iterator ${name}`);
    links.push(attached.link);
    return attached.link;
  };
  const start = (iterator: Pointer): number => {
    const fd = libbpf.createIterator(libbpf.linkFd(iterator));
    if (fd < 0) throw new Error(`the kernel refuses to start a BPF iterator (error ${-fd})`);
    files.push(fd);
    return fd;
  };
  try {
    const tables = [link("all_tcp"), link("all_udp")];
    // A pass over tables is about the namespace that the thread was in when it began, not when it is read.
    const listing = tables.map(start);
    const gaps: string[] = [];
    for (const [inode, pid] of namespaces) {
      if (pid === "self") continue;
      const entered = inNamespace(pid, () => listing.push(...tables.map(start)));
      if (!entered) gaps.push(`network namespace ${inode} went away or cannot be entered`);
    }
    const open = link("held");
    const aside = readPassesAside(listing);
    const [listed] = await Promise.all([aside, readPass(start(open), (records) => taker.held(records))]);
    for (const records of listed) taker.listed(records);
    if (taker.ownerless > 0) await readPass(start(open), (records) => taker.held(records));
    if (taker.ownerless > 0) gaps.push(ownerlessReason(taker.ownerless));
    return gaps;
  } finally {
    for (const fd of files) closeSync(fd);
    for (const each of links) libbpf.destroyLink(each);
    object.close();
  }
}

/** The kernel may hide a process from the pass, and a file may be on its way from one process to another. */
function ownerlessReason(count: number): string {
  return count === 1
    ? "the process that holds 1 socket was not found"
    : `the processes that hold ${count} sockets were not found`;
}
