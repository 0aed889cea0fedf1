import { readdirSync, readFileSync } from "node:fs";
import { openLibrary } from "../../../../../src/ffi/library.ts";

/** What the kernel holds for BPF, by the kernel's own ids. */
export type Held = { programs: number[]; links: number[]; maps: { id: number; type: number }[] };

/** What this process holds by file descriptors, as /proc/self/fdinfo tells it (kernel/bpf/syscall.c, bpf_*_show_fdinfo). */
export function heldByUs(): Held {
  const held: Held = { programs: [], links: [], maps: [] };
  for (const fd of readdirSync("/proc/self/fdinfo")) {
    const text = fdinfo(fd);
    const field = (name: string) => {
      const match = new RegExp(`^${name}:\\s*(\\d+)$`, "m").exec(text);
      return match ? Number(match[1]) : undefined;
    };
    const [program, link, map] = [field("prog_id"), field("link_id"), field("map_id")];
    if (link !== undefined) held.links.push(link);
    else if (program !== undefined) held.programs.push(program);
    else if (map !== undefined) held.maps.push({ id: map, type: field("map_type") ?? -1 });
  }
  return held;
}

/** Ids of all programs, maps or links of the machine: libbpf's bpf_prog_get_next_id() and its like (bpf.h). */
export function idsOfAll(what: "prog" | "map" | "link"): Set<number> {
  const libbpf = openLibrary(["libbpf.so.1", "libbpf.so.0"], "sudo apt-get install libbpf1");
  const next = libbpf.declare<(after: number, id: Uint8Array) => number>(
    `int bpf_${what}_get_next_id(uint32_t, void*)`,
  );
  const ids = new Set<number>();
  const id = new Uint32Array(1);
  while (next(id[0] ?? 0, new Uint8Array(id.buffer)) === 0) ids.add(id[0] ?? 0);
  return ids;
}

function fdinfo(fd: string): string {
  try {
    return readFileSync(`/proc/self/fdinfo/${fd}`, "utf8");
  } catch {
    return ""; // the descriptor of the listing itself has been closed by now
  }
}
