import { dirname, join } from "node:path";
import { readText } from "../owners/proc-file.ts";
import { parseHomes } from "../owners/users.ts";
import { type ContainerName, parseDocker, parseStorage } from "./engines.ts";
import { readStateFile } from "./state-file.ts";

/** Where the engines keep what they know; Podman also below the home of each user (containers-storage.conf(5)). */
const DOCKER = "var/lib/docker/containers";
const STORAGE = "var/lib/containers/storage";
const STORAGE_OF_USER = ".local/share/containers/storage";
const DRIVERS = ["overlay-containers", "vfs-containers", "btrfs-containers", "zfs-containers"];
/** No engine's file is larger, in bytes; those of users are held to less, since they may write what they like. */
const LARGEST = 16 << 20;
const LARGEST_OF_USER = 1 << 20;
/** Containers that are remembered, and how long one that no file knows is not looked for again, in milliseconds. */
const REMEMBERED = 4096;
const PATIENCE = 60_000;

/** Names of containers by their ids of 64 digits. */
export type Containers = {
  /** Undefined where no engine's file knows it. */
  of(id: string): ContainerName | undefined;
};

/** The containers of the machine whose /proc is `root`. Files are read when a container is met that is not known. */
export function createContainers(root: string): Containers {
  const machine = dirname(root);
  const known = new Map<string, ContainerName>();
  const missing = new Map<string, number>();
  const versions = new Map<string, string>();
  const remember = (id: string, name: ContainerName): void => {
    if (known.size >= REMEMBERED) known.clear();
    known.set(id, name);
  };
  const readDocker = (id: string): void => {
    const file = readStateFile(join(machine, DOCKER, id, "config.v2.json"), LARGEST);
    const name = file && parseDocker(file.text);
    if (name) remember(id, name);
  };
  const readStorage = (storage: string, limit: number): void => {
    for (const driver of DRIVERS) {
      const path = join(storage, driver, "containers.json");
      const file = readStateFile(path, limit, versions.get(path));
      if (file === undefined) continue;
      versions.set(path, file.version);
      for (const [id, name] of parseStorage(file.text)) remember(id, name);
    }
  };
  return {
    of(id) {
      const before = known.get(id);
      if (before !== undefined) return before;
      const now = performance.now();
      if (now - (missing.get(id) ?? Number.NEGATIVE_INFINITY) < PATIENCE) return undefined;
      readDocker(id);
      if (!known.has(id)) readStorage(join(machine, STORAGE), LARGEST);
      for (const home of known.has(id) ? [] : parseHomes(readText(join(machine, "etc/passwd")) ?? "")) {
        readStorage(join(machine, home, STORAGE_OF_USER), LARGEST_OF_USER);
      }
      const found = known.get(id);
      if (missing.size >= REMEMBERED) missing.clear();
      if (found === undefined) missing.set(id, now);
      return found;
    },
  };
}
