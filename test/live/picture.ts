import type { Endpoint, Protocol } from "../../src/model/endpoint.ts";

/** Bytes of payload, both ways, seen from the program. */
export type Bytes = { bytesIn: number; bytesOut: number };

export type Listening = Bytes & {
  protocol: Protocol;
  address: string;
  port: number;
  portChosenBy: "application" | "system" | "unknown";
  flows: number;
  peers: { address: string; flows: number }[];
};

export type Connecting = Bytes & { protocol: Protocol; remote: Endpoint; flows: number; failed: number };

export type FailedBind = { protocol: Protocol; address: string; port: number; error: string };

export type Ran = { pid: number; executable?: string; arguments?: string[] };

/** What a program did with ports, whoever says so: strace's view and Portolan's are brought to this one shape. */
export type Picture = { listens: Listening[]; connects: Connecting[]; failedBinds: FailedBind[]; processes: Ran[] };
