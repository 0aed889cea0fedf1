/**
 * How much a recorder keeps in mind: as much as is open, never as much as has happened. What goes beyond is counted, and
 * becomes a gap.
 */
export const LIMITS = {
  /** Open connections and exchanges: as many as the kernel's side follows. */
  flows: 262_144,
  /** Open listeners. */
  listeners: 65_536,
  /** Living processes, and ended ones, whose sockets may close later than they. */
  processes: 131_072,
  ended: 20_000,
  /** Usages that are remembered: at least so many, at most twice as many. */
  usages: 32_768,
  /** Addresses whose name is known, the same way. */
  names: 32_768,
  /** Addresses of this machine. */
  addresses: 4_096,
  /** Gaps of one batch; more of the same reason widen one. */
  gaps: 1_000,
};

export type Limits = typeof LIMITS;

/** Spans of the steady clock, in microseconds. */
export const SPANS = {
  /** So long an accepted connection waits for its acceptor before the listener's owner is taken for its own. */
  settle: 5_000_000,
  /** A connection that stays open and carries something is written again after so long. */
  refresh: 60_000_000,
  /** What stays open is said to be in use after so long, so that it shows in every hour. */
  touch: 60_000_000,
  /** A UDP exchange without a datagram for so long has ended: nothing else ends it while its socket is open. */
  idle: 180_000_000,
  /** An address of this machine is told again after so long. */
  address: 3_600_000_000,
} as const;
