/**
 * The programs of a capture, by what is lost without them. A part is left out as a whole when the kernel refuses one of
 * its programs; only the part that follows TCP is indispensable.
 */
export type Part = {
  name: string;
  programs: readonly string[];
  /** What a report lacks without it; absent for the part that nothing works without. */
  without?: string;
  /** Without it, ports that the application used may be missed altogether: that is a gap. */
  misses?: string;
};

export const PARTS: readonly Part[] = [
  { name: "tcp", programs: ["tcp_state"] },
  {
    name: "calls",
    programs: ["call_returned"],
    without: "who accepted a connection, UDP ports that are only bound, failed binds, and names asked of DNS",
    misses: "binds, and connects that the kernel refused, could not be seen",
  },
  { name: "io-uring", programs: ["ring_completed"], without: "accepts, binds and failed connects over io_uring" },
  {
    name: "processes",
    programs: ["process_exec", "process_fork", "process_exit"],
    without: "executables and arguments of short-lived processes",
  },
  { name: "udp-bytes", programs: ["udp_sent", "udp_received"], without: "UDP byte counts" },
  {
    name: "udp-peers",
    programs: ["udp_send4", "udp_send6", "udp_recv4", "udp_recv6"],
    without: "peers of unconnected UDP sockets",
  },
  { name: "udp-binds", programs: ["udp_bound4", "udp_bound6"], without: "to which bound UDP socket a use belongs" },
  { name: "udp-ends", programs: ["udp_released"], without: "when UDP sockets close" },
  { name: "sweep", programs: ["sweep_flows"], without: "bytes of connections that are still open" },
  { name: "seed", programs: ["name_udp", "seed_sockets"], without: "sockets that were open before" },
];

/** Stands in for the UDP parts where the kernel has no length tracepoints (before 6.3): peers without datagrams. */
export const UDP_CONNECTS: Part = {
  name: "udp-connects",
  programs: ["udp_connect4", "udp_connect6"],
  without: "peers of connected UDP sockets",
};

/** Whether a program hangs on a cgroup, by the section it lies in. */
export function needsCgroup(section: string): boolean {
  return section.startsWith("cgroup");
}

/** Whether a program runs only when the collector asks it to. */
export function isAsked(section: string): boolean {
  return section.startsWith("iter/") || section === "syscall";
}
