/** What a process's place in the cgroup tree says about who runs it. */
export type Membership = { unit?: string; container?: string };

/** A container's folder: 64 hexadecimal digits, with what Docker, Podman, CRI-O and containerd put around them. */
const CONTAINER = /^(?:[a-z]+(?:-[a-z]+)*-)?([0-9a-f]{64})(?:\.scope)?$/;
/** LXC and systemd-nspawn name their containers. */
const NAMED_CONTAINER = /^(?:lxc\.payload\.(.+)|machine-(.+)\.scope)$/;
const UNIT = /\.(?:service|socket|scope)$/;
/** Units that hold people's sessions and whatever they start, which is no service: each program stands for itself. */
const SESSION = /^(?:init\.scope|user@.*\.service|(?:session|app|vte-spawn|run|tmux-spawn)-.*\.scope)$/;

/**
 * Unit and container from `text`, the content of /proc/PID/cgroup (cgroups(7)): lines `hierarchy:controllers:path`.
 * The version 2 hierarchy has number 0; systemd keeps its own tree beside it on machines with both versions. The
 * nearest folder decides; a container's own scope is no unit, and a unit around a container is not the process's.
 */
export function parseMembership(text: string): Membership {
  const paths = { unified: "", systemd: "", other: "" };
  for (const line of text.split("\n")) {
    const [, id, controllers, path] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    if (id === "0") paths.unified = path;
    else if (controllers === "name=systemd") paths.systemd = path;
    else if (path.length > paths.other.length) paths.other = path;
  }
  for (const path of [paths.unified, paths.systemd, paths.other]) {
    const membership = ofPath(path);
    if (membership.unit !== undefined || membership.container !== undefined) return membership;
  }
  return {};
}

function ofPath(path: string): Membership {
  const folders = path
    .replace(/ \(deleted\)$/, "")
    .split("/")
    .reverse();
  let unit: string | undefined;
  for (const [index, folder] of folders.entries()) {
    const container =
      CONTAINER.exec(folder)?.[1] ?? nameOf(folder) ?? (folders[index + 1] === "lxc" ? folder : undefined);
    if (container) return unit === undefined ? { container } : { unit, container };
    if (unit === undefined && UNIT.test(folder) && !SESSION.test(folder)) unit = folder;
  }
  return unit === undefined ? {} : { unit };
}

function nameOf(folder: string): string | undefined {
  const match = NAMED_CONTAINER.exec(folder);
  return match?.[1] ?? match?.[2];
}
