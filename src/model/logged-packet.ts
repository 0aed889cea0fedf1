import type { Micros } from "./time.ts";

/**
 * When something happened as a log states it. `second` on the clock of a calendar, without a zone in that of the machine
 * that wrote it; or the time since its kernel started. `precision` is how long the stated moment lasts.
 */
export type LoggedTime =
  | {
      clock: "calendar";
      /** Absent where the log leaves it out, as syslog does. */
      year?: number;
      /** 1 to 12. */
      month: number;
      day: number;
      hour: number;
      minute: number;
      second: number;
      fraction: Micros;
      precision: Micros;
      /** Minutes that the zone is ahead of UTC; absent where none is stated. */
      zone?: number;
    }
  | { clock: "since boot"; at: Micros; precision: Micros };

/** One end of a logged packet; the port is absent where the line states none. */
export type LoggedEnd = { address: string; port?: number };

/** A packet that a firewall wrote a line about. */
export type LoggedPacket = {
  time?: LoggedTime;
  /** What the rule writes in front of its lines, or what was done to the packet: `UFW BLOCK`, `DROP`. */
  label?: string;
  /** Transport protocol in lower case: `tcp`, `udp`, `icmp`, …, or its number. */
  protocol: string;
  source: LoggedEnd;
  destination: LoggedEnd;
  /** Which way it went on the machine that logged it, as far as the line says. */
  way: "in" | "out" | "through" | "unknown";
  /** Sent to more than one machine: its destination is no address of any. */
  group?: true;
  /** TCP only: it asks for a connection, or answers such a packet. */
  handshake?: "asks" | "answers";
};
