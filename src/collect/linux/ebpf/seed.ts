import { closeSync } from "node:fs";
import { attachIterator, type Iterator, readAll, readIterator } from "./iterator.ts";
import type { Libbpf } from "./libbpf.ts";
import { inNamespace } from "./namespace.ts";
import { networkNamespaces } from "./network-namespaces.ts";
import type { LoadedObject } from "./object.ts";

/** Finds the sockets that the followed processes hold already. */
export type Seed = { links: bigint[]; held(): Uint8Array };

/**
 * Two passes: over the sockets of every network namespace, so that each has a cookie, then over the files of the followed
 * processes. Undefined where the kernel refused a program or does not attach one.
 */
export function seedBy(libbpf: Libbpf, { programs }: LoadedObject): Seed | undefined {
  const links: bigint[] = [];
  const attached = (name: string): Iterator | undefined => {
    const program = programs.get(name);
    const iterator = program && attachIterator(libbpf, program.handle);
    if (iterator) links.push(iterator.link);
    return iterator;
  };
  const marks = [attached("mark_tcp"), attached("mark_udp")].filter((iterator) => iterator !== undefined);
  const files = attached("seed_sockets");
  if (!files || marks.length < 2) {
    for (const link of links) libbpf.destroyLink(link);
    return undefined;
  }
  return {
    links,
    held() {
      markAll(libbpf, marks);
      return readIterator(libbpf, files);
    },
  };
}

/** A pass is about the namespace that the thread was in when it began. One that has gone has no sockets left to mark. */
function markAll(libbpf: Libbpf, marks: readonly Iterator[]): void {
  const started: number[] = [];
  const start = (): void => {
    for (const { link } of marks) {
      const fd = libbpf.createIterator(libbpf.linkFd(link));
      if (fd < 0) throw new Error(`the kernel refuses to start a BPF iterator (error ${-fd})`);
      started.push(fd);
    }
  };
  try {
    for (const pid of networkNamespaces().values()) {
      if (pid === "self") start();
      else inNamespace(pid, start);
      for (const fd of started) readAll(fd);
      for (const fd of started.splice(0)) closeSync(fd);
    }
  } finally {
    for (const fd of started) closeSync(fd);
  }
}
