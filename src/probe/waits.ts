/** How long a query waits, in milliseconds, and how often it asks. */
export type Waits = {
  /**
   * The longest wait for the answer to one TCP try, before the round-trip time is known. Well below one second, when the kernel
   * would send its own SYN again (RFC 6298 section 2): so every packet is one that was meant.
   */
  tcp: number;
  tcpTries: number;
  /** The wait for the reply to a probe's datagram, in which the service may have work to do. */
  probe: number;
  udpTries: number;
  /** A conversation as a whole, and how long a server may say nothing in it. */
  talk: number;
  idle: number;
  /** How long a service of which nothing is known may take to greet. */
  greeting: number;
  /** No try waits less for its answer: a busy host may take so long over one. */
  least: number;
};

const WAITS: Waits = {
  tcp: 800,
  tcpTries: 3,
  probe: 1_000,
  udpTries: 2,
  talk: 8_000,
  idle: 3_000,
  greeting: 1_000,
  least: 200,
};

/** The waits; all of them doubled for a slow link. */
export function waitsFor(slowLink: boolean): Waits {
  if (!slowLink) return WAITS;
  const { tcpTries, udpTries, ...times } = WAITS;
  const doubled = Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time * 2])) as typeof times;
  return { tcpTries, udpTries, ...doubled };
}
