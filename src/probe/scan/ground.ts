import type { HostAddress } from "../socket/layout/address.ts";
import type { Poller } from "../socket/poller.ts";
import type { RoundTrip } from "../traffic/round-trip.ts";
import type { Traffic } from "../traffic/traffic.ts";
import type { Waits } from "../waits.ts";
import type { Timers } from "./timers.ts";

/** What all that asks one host has in common. */
export type Ground = {
  readonly host: HostAddress;
  /** Whether the host is this machine, whose answers come before a call returns. */
  readonly local: boolean;
  readonly sourcePort?: number;
  readonly slowLink: boolean;
  readonly waits: Waits;
  readonly poller: Poller;
  readonly timers: Timers;
  readonly traffic: Traffic;
  readonly roundTrip: RoundTrip;
  /** Whether ICMP has told of any port: then a silent one may be one of which it has not told, and is reviewed. */
  readonly icmp: { seen: boolean; reviewing: boolean };
  /** How many sockets may be open at once. */
  readonly mostSockets: number;
};
