import { existsSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";

/** Where the cgroup v2 hierarchy is mounted, from the text of /proc/mounts (proc_pid_mounts(5)); undefined: nowhere. */
export function parseCgroup2Mount(mounts: string): string | undefined {
  for (const line of mounts.split("\n")) {
    const [, place, type] = line.split(" ");
    if (type === "cgroup2" && place)
      return place.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
  }
  return undefined;
}

/** Where the cgroup v2 hierarchy is mounted on this machine. */
export function cgroup2Mount(): string | undefined {
  return parseCgroup2Mount(readFileSync("/proc/self/mounts", "utf8"));
}

/** The id by which BPF knows a cgroup (its inode number), and its depth below the root. */
export function cgroupIdentity(mount: string, path: string): { id: bigint; level: number } {
  const below = relative(mount, path);
  return { id: statSync(path, { bigint: true }).ino, level: below === "" ? 0 : below.split("/").length };
}

/** The command that mounts cgroup v2 without hiding the v1 controllers of a hybrid machine. */
export function mountRemedy(): string {
  const place = "/sys/fs/cgroup/unified";
  const hybrid = /^\S+ \S+ cgroup /m.test(readFileSync("/proc/self/mounts", "utf8"));
  if (!hybrid) return "sudo mount -t cgroup2 none /sys/fs/cgroup";
  const make = existsSync(place) ? "" : `sudo mkdir ${place} && `;
  return `${make}sudo mount -t cgroup2 none ${place}`;
}
