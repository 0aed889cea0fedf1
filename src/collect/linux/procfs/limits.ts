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

/** What /proc does not show in any one look, whoever looks: data for whoever reports it. */
export function lookLimits(asRoot: boolean): Degradation[] {
  const remedy = asRoot ? "./portolan doctor" : "sudo ./portolan ls";
  return [
    { what: "sockets in a network namespace that no process lives in any more are not seen", remedy },
    { what: "a descriptor table of a thread's own is looked into only for sockets that nobody else holds", remedy },
  ];
}

/**
 * What following by polling cannot know, whatever the interval: data for whoever reports it. For `asRoot`, the kernel's
 * own events are not missing for want of permission, and `doctor` says what they need.
 */
export function captureLimits(asRoot: boolean): Degradation[] {
  const remedy = asRoot ? "./portolan doctor" : "sudo ./portolan run -- …";
  return [
    { what: "connections and processes that live shorter than the time between two looks are missed", remedy },
    { what: "a process whose parent ended before it was first seen is followed only within its session", remedy },
    { what: "bytes are not counted", remedy },
    { what: "binds and connects that the kernel refused are not seen, nor who chose a port", remedy },
    { what: "peers of a UDP socket without a fixed peer are not seen", remedy },
    { what: "names are not known: DNS answers are not seen", remedy },
  ];
}
