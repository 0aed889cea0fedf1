import type { Pointer } from "../../../ffi/library.ts";
import { attachIterator, type Iterator, readIterator } from "./iterator.ts";
import type { Libbpf } from "./libbpf.ts";
import { inNamespace } from "./namespace.ts";
import { networkNamespaces } from "./network-namespaces.ts";
import type { LoadedObject } from "./object.ts";

/** What was open before a capture. */
export type Seed = {
  links: Pointer[];
  /** Gives UDP sockets their cookies, in the network namespaces of `pids`, or in all. */
  name(pids: readonly number[] | "all"): void;
  /** Records of what the followed processes hold at this moment, as `struct sock_record`s, one per holder. */
  read(): Uint8Array;
};

/** The iterators over open sockets; what the object lacks finds nothing. */
export function createSeed(libbpf: Libbpf, object: LoadedObject): Seed {
  const links: Pointer[] = [];
  const iterator = (name: string): Iterator | undefined => {
    const program = object.programs.get(name);
    const attached = program && attachIterator(libbpf, program.handle);
    if (attached) links.push(attached.link);
    return attached;
  };
  const pass = (each: Iterator | undefined): Uint8Array => (each ? readIterator(libbpf, each) : new Uint8Array());
  const held = iterator("seed_sockets");
  const table = iterator("name_udp");
  return {
    links,
    name(pids) {
      if (!held) return;
      for (const pid of networkNamespaces(pids).values()) {
        if (pid === "self") pass(table);
        else inNamespace(pid, () => pass(table));
      }
    },
    read: () => pass(held),
  };
}
