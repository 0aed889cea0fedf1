import { arch } from "node:process";
import type { Pointer } from "../../../ffi/library.ts";
import { memoryAt } from "../../../ffi/memory.ts";
import { Problem } from "../../../model/problem.ts";
import type { Libbpf } from "./libbpf.ts";
import { objectPath } from "./place.ts";

/** A loaded object: its programs and the file descriptors of its maps, by name. */
export type LoadedObject = {
  programs: Map<string, { handle: Pointer; section: string }>;
  /** File descriptor of a map. @throws where the object has no such map, which is a bug. */
  mapFd(name: string): number;
  close(): void;
};

export type LoadOptions = {
  /** Programs to leave out. */
  without?: ReadonlySet<string>;
  /** Entries (or bytes, for the ring) by map name, instead of those the object asks for. */
  sizes?: Record<string, number>;
  /** The bytes of the object's constants (`.rodata`). */
  constants?: Uint8Array;
};

/**
 * Opens `capture` or `snapshot` for this machine's architecture and has the kernel verify and load it.
 * @throws Problem `not-available` where the kernel refuses it or there is none for this architecture.
 */
export function loadObject(libbpf: Libbpf, name: string, options: LoadOptions = {}): LoadedObject {
  if (arch !== "x64" && arch !== "arm64") {
    throw new Problem("not-available", `There are no BPF programs for the architecture ${arch}.`);
  }
  const path = objectPath(`${name}.${arch}.o`);
  const object = libbpf.open(path);
  if (!object) throw new Problem("not-available", `The BPF object ${path} cannot be opened.`);
  const programs = programsOf(libbpf, object, options.without);
  const maps = mapsOf(libbpf, object, options);
  const status = libbpf.load(object);
  if (status !== 0) {
    libbpf.close(object);
    throw new Problem("not-available", `The kernel refuses the BPF object ${name} (error ${-status}).`, {
      why: "A program of it was not verified, or the kernel lacks what it needs.",
      next: "sudo ./portolan doctor",
    });
  }
  return {
    programs,
    mapFd(map) {
      const handle = maps.get(map);
      if (!handle) throw new Error(`the BPF object ${name} has no map ${map}`);
      return libbpf.mapFd(handle);
    },
    close: () => libbpf.close(object),
  };
}

function programsOf(libbpf: Libbpf, object: Pointer, without: ReadonlySet<string> | undefined) {
  const programs: LoadedObject["programs"] = new Map();
  for (let handle = libbpf.nextProgram(object, null); handle; handle = libbpf.nextProgram(object, handle)) {
    const name = libbpf.programName(handle);
    if (without?.has(name)) libbpf.setAutoload(handle, false);
    else programs.set(name, { handle, section: libbpf.programSection(handle) });
  }
  return programs;
}

function mapsOf(libbpf: Libbpf, object: Pointer, options: LoadOptions): Map<string, Pointer> {
  const maps = new Map<string, Pointer>();
  for (let handle = libbpf.nextMap(object, null); handle; handle = libbpf.nextMap(object, handle)) {
    const name = libbpf.mapName(handle);
    maps.set(name, handle);
    const size = options.sizes?.[name];
    if (size !== undefined) libbpf.setMaxEntries(handle, size);
    if (options.constants && name.endsWith(".rodata")) writeConstants(libbpf, handle, options.constants);
  }
  return maps;
}

function writeConstants(libbpf: Libbpf, map: Pointer, constants: Uint8Array): void {
  const size: [number] = [0];
  const pointer = libbpf.initialValue(map, size);
  if (!pointer || size[0] < constants.length)
    throw new Error("the constants of the BPF object are not where they were");
  new Uint8Array(memoryAt(pointer, size[0])).set(constants);
}
