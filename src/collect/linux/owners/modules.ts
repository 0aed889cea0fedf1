/** At most this many modules of one process are named. */
const LIMIT = 4_096;

/**
 * The files that a process has mapped as code, in order of address, each once, from `text`, the content of
 * /proc/PID/maps (proc_pid_maps(5)): `start-end perms offset device inode path`. Mappings without a file (`[vdso]`,
 * anonymous memory) have inode 0. A newline in a path is written as `\012` by the kernel.
 */
export function parseModules(text: string): string[] {
  const modules = new Set<string>();
  for (const line of text.split("\n")) {
    const [, permissions, , , inode] = line.split(" ", 5);
    if (permissions?.[2] !== "x" || inode === undefined || inode === "0") continue;
    const path = line.indexOf("/");
    if (path > 0 && modules.size < LIMIT) modules.add(line.slice(path));
  }
  return [...modules];
}
