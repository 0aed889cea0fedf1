/** At most this many bytes of a command line are read, and this many arguments kept; the kernel allows megabytes. */
export const COMMAND_LINE_BYTES = 32_768;
const ARGUMENTS = 1_024;

/**
 * The arguments in `text`, the content of /proc/PID/cmdline (proc_pid_cmdline(5)): each ends with a NUL byte. Where
 * something was cut off, the last one is `…`. A process may overwrite them, so they are what it says about itself.
 * Absent when there are none: kernel threads and zombies.
 */
export function parseCommandLine(text: string, cut = false): string[] | undefined {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  if (end === 0) return undefined;
  const all = text.slice(0, end).split("\0");
  if (!cut && all.length <= ARGUMENTS) return all;
  return [...all.slice(0, ARGUMENTS), "…"];
}
