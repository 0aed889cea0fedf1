import { readFileSync } from "node:fs";
import type { Endpoint, Protocol } from "../../src/model/endpoint.ts";
import type { Picture } from "./picture.ts";

/**
 * The document of `run`, as the contract states it. It is written down here once more on purpose: the tests read it as
 * somebody else's program would, so a renamed field fails here and not only in the code that writes it.
 */
export type Profile = {
  schema: "portolan.profile/1";
  host: string;
  application: string;
  command?: string[];
  startedAt: string;
  endedAt: string;
  exitStatus?: number;
  collector: string;
  complete: boolean;
  gaps: { from: string; until: string; reason: string; lost?: number }[];
  usesNetwork: boolean;
  degradations: { what: string; remedy?: string }[];
  processes: { pid: number; startTime: string; name: string; executable?: string; arguments?: string[] }[];
  listens: {
    protocol: Protocol;
    address: string;
    port: number;
    portChosenBy?: "application" | "system";
    pids: number[];
    exposure: "loopback" | "network";
    flows: number;
    bytesIn?: number;
    bytesOut?: number;
    peers: { address: string; name?: string; flows: number }[];
  }[];
  connects: {
    protocol: Protocol;
    remote: Endpoint;
    name?: string;
    pids: number[];
    flows: number;
    failed: number;
    bytesIn?: number;
    bytesOut?: number;
  }[];
  failedBinds: { protocol: Protocol; address: string; port: number; error: string; pids: number[] }[];
};

/** Reads the document that `run --output FILE` wrote. */
export function readProfile(file: string): Profile {
  const document: Profile = JSON.parse(readFileSync(file, "utf8"));
  if (document.schema !== "portolan.profile/1") throw new Error(`${file} is no profile: ${document.schema}`);
  return document;
}

/** The part of `profile` that strace sees too. What the document leaves out becomes NaN, which equals no count. */
export function pictureOf(profile: Profile): Picture {
  return {
    listens: profile.listens.map((listen) => ({
      protocol: listen.protocol,
      address: listen.address,
      port: listen.port,
      portChosenBy: listen.portChosenBy ?? "unknown",
      flows: listen.flows,
      peers: listen.peers.map(({ address, flows }) => ({ address, flows })),
      ...bytesOf(listen),
    })),
    connects: profile.connects.map(({ protocol, remote, flows, failed, ...rest }) => ({
      protocol,
      remote,
      flows,
      failed,
      ...bytesOf(rest),
    })),
    failedBinds: profile.failedBinds.map(({ protocol, address, port, error }) => ({ protocol, address, port, error })),
    processes: profile.processes.map(({ pid, executable, arguments: words }) => ({
      pid,
      ...(executable === undefined ? {} : { executable }),
      ...(words === undefined ? {} : { arguments: words }),
    })),
  };
}

function bytesOf(entry: { bytesIn?: number; bytesOut?: number }): { bytesIn: number; bytesOut: number } {
  return { bytesIn: entry.bytesIn ?? Number.NaN, bytesOut: entry.bytesOut ?? Number.NaN };
}
