import type { Process } from "../../../model/process.ts";

/**
 * What a person would call the application that `process` belongs to: its systemd unit, else its container, else its
 * package, else its executable, else the name that it gave itself. Suffixes that only machines need are left off: the
 * unit's `.service`, all but 12 digits of a container's id (as container tools print it), the executable's folder.
 */
export function identify(process: Process): string {
  if (process.unit !== undefined) return process.unit.replace(/\.(?:service|socket|scope)$/, "");
  if (process.container !== undefined) return process.container.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, "$1");
  if (process.package !== undefined) return process.package;
  if (process.executable !== undefined) return baseName(process.executable);
  return process.name;
}

/**
 * The application of a socket that all of `processes` hold. Process 1 holds the sockets of services that it starts on
 * demand, so it is named only where nobody else holds the socket. Absent without a process.
 */
export function applicationOf(processes: readonly Process[]): string | undefined {
  const owner = processes.find((process) => process.pid !== 1) ?? processes[0];
  return owner === undefined ? undefined : identify(owner);
}

/** The kernel adds ` (deleted)` where the file was replaced or removed since (proc_pid_exe(5)). */
function baseName(executable: string): string {
  const path = executable.endsWith(" (deleted)") ? executable.slice(0, -" (deleted)".length) : executable;
  return path.slice(path.lastIndexOf("/") + 1);
}
