import type { Degradation } from "../../../model/gap.ts";

/**
 * What a person reads where `count` processes could not be looked into. For `asRoot`, it is not about other users: such
 * a process has capabilities that even this root lacks, as in a container or a restricted service.
 */
export function unreadableReason(count: number, asRoot: boolean): string {
  const processes = count === 1 ? "1 process" : `${count} processes`;
  if (asRoot) return `${processes} with more capabilities than ours could not be read`;
  return count === 1 ? "1 process of another user could not be read" : `${processes} of other users could not be read`;
}

/** The part that is missing where `count` processes could not be looked into, and the command that brings it. */
export function unreadable(count: number, asRoot: boolean): Degradation {
  const what = `the owners of some sockets: ${unreadableReason(count, asRoot)}`;
  return asRoot ? { what } : { what, remedy: "sudo ./portolan ls" };
}
