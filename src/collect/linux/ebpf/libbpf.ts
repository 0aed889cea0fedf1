import { type Library, openLibrary, type Pointer } from "../../../ffi/library.ts";

type Name = (handle: Pointer) => string;
type Next = (object: Pointer, previous: Pointer | null) => Pointer | null;

/**
 * The part of libbpf that Portolan calls, as declared in libbpf.h and bpf.h of libbpf 1.1.2 (Debian 12):
 * https://github.com/libbpf/libbpf/blob/v1.1.2/src/libbpf.h and bpf.h. All of it has been there since 0.8.
 */
export type Libbpf = {
  open: (path: string) => Pointer | null;
  load: (object: Pointer) => number;
  close: (object: Pointer) => void;
  nextProgram: Next;
  programName: Name;
  programSection: Name;
  programFd: (program: Pointer) => number;
  setAutoload: (program: Pointer, load: boolean) => number;
  nextMap: Next;
  mapName: Name;
  mapFd: (map: Pointer) => number;
  setMaxEntries: (map: Pointer, entries: number) => number;
  initialValue: (map: Pointer, size: [number]) => Pointer | null;
  attach: (program: Pointer) => Pointer | null;
  attachCgroup: (program: Pointer, cgroupFd: number) => Pointer | null;
  attachIterator: (program: Pointer, options: null) => Pointer | null;
  linkFd: (link: Pointer) => number;
  destroyLink: (link: Pointer) => number;
  createIterator: (linkFd: number) => number;
  /** Runs a program once, by BPF_PROG_TEST_RUN. */
  run: (programFd: number, options: Uint8Array) => number;
  lookup: (mapFd: number, key: Uint8Array, value: Uint8Array) => number;
  update: (mapFd: number, key: Uint8Array, value: Uint8Array, flags: number) => number;
  drainBatch: (
    mapFd: number,
    from: Uint8Array | null,
    to: Uint8Array,
    keys: Uint8Array,
    values: Uint8Array,
    count: Uint32Array,
    options: null,
  ) => number;
  /** Number of configured processors: the slots of a per-CPU value. */
  processors: () => number;
};

/** Names of libbpf from the current one backwards; it comes with iproute2. */
const NAMES = ["libbpf.so.1", "libbpf.so.0"];

/**
 * Loads the system's libbpf and silences its own messages, which go to stderr otherwise.
 * @throws Problem `not-available` where it is missing.
 */
export function openLibbpf(): Libbpf {
  const library = openLibrary(NAMES, "sudo apt-get install libbpf1");
  library.declare<(print: null) => unknown>("void* libbpf_set_print(void*)")(null);
  return { ...objectFunctions(library), ...linkFunctions(library), ...mapFunctions(library) };
}

function objectFunctions(library: Library) {
  return {
    open: library.declare<Libbpf["open"]>("void* bpf_object__open(const char*)"),
    load: library.declare<Libbpf["load"]>("int bpf_object__load(void*)"),
    close: library.declare<Libbpf["close"]>("void bpf_object__close(void*)"),
    nextProgram: library.declare<Next>("void* bpf_object__next_program(void*, void*)"),
    programName: library.declare<Name>("const char* bpf_program__name(void*)"),
    programSection: library.declare<Name>("const char* bpf_program__section_name(void*)"),
    programFd: library.declare<Libbpf["programFd"]>("int bpf_program__fd(void*)"),
    setAutoload: library.declare<Libbpf["setAutoload"]>("int bpf_program__set_autoload(void*, bool)"),
    nextMap: library.declare<Next>("void* bpf_object__next_map(void*, void*)"),
    mapName: library.declare<Name>("const char* bpf_map__name(void*)"),
    mapFd: library.declare<Libbpf["mapFd"]>("int bpf_map__fd(void*)"),
    setMaxEntries: library.declare<Libbpf["setMaxEntries"]>("int bpf_map__set_max_entries(void*, uint32_t)"),
    initialValue: library.declare<Libbpf["initialValue"]>("void* bpf_map__initial_value(void*, _Out_ size_t*)"),
  };
}

function linkFunctions(library: Library) {
  return {
    attach: library.declare<Libbpf["attach"]>("void* bpf_program__attach(void*)"),
    attachCgroup: library.declare<Libbpf["attachCgroup"]>("void* bpf_program__attach_cgroup(void*, int)"),
    attachIterator: library.declare<Libbpf["attachIterator"]>("void* bpf_program__attach_iter(void*, void*)"),
    linkFd: library.declare<Libbpf["linkFd"]>("int bpf_link__fd(void*)"),
    destroyLink: library.declare<Libbpf["destroyLink"]>("int bpf_link__destroy(void*)"),
    createIterator: library.declare<Libbpf["createIterator"]>("int bpf_iter_create(int)"),
    run: library.declare<Libbpf["run"]>("int bpf_prog_test_run_opts(int, void*)"),
  };
}

function mapFunctions(library: Library) {
  return {
    lookup: library.declare<Libbpf["lookup"]>("int bpf_map_lookup_elem(int, void*, void*)"),
    update: library.declare<Libbpf["update"]>("int bpf_map_update_elem(int, void*, void*, uint64_t)"),
    drainBatch: library.declare<Libbpf["drainBatch"]>(
      "int bpf_map_lookup_and_delete_batch(int, void*, void*, void*, void*, void*, void*)",
    ),
    processors: library.declare<Libbpf["processors"]>("int libbpf_num_possible_cpus()"),
  };
}
