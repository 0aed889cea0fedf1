import type { Fields } from "./field.ts";

/** Parts that several documents share. The order of fields is the order in which they are written. */

export const PROTOCOL = ["tcp", "udp"] as const;

export const ENDPOINT = {
  address: {
    type: "string",
    text: "IP address as RFC 5952 writes it; wildcards are 0.0.0.0 and ::, IPv4 mapped into IPv6 stays ::ffff:1.2.3.4, link-local carries %interface.",
  },
  port: { type: "integer", text: "Port number, 0 to 65535." },
} as const satisfies Fields;

export const PROCESS = {
  pid: { type: "integer", text: "Process id, as the initial pid namespace numbers it." },
  startTime: {
    type: "time",
    text: "When the process started, to the kernel's clock tick; pid and start time together name a process.",
  },
  endTime: {
    type: "time",
    text: "When the process ended; absent while it lives, and where its end was not seen.",
    optional: true,
  },
  name: { type: "string", text: "The kernel's name of the process (at most 15 bytes, chosen by the process itself)." },
  executable: { type: "string", text: "Path of the executable.", optional: true },
  arguments: { type: { list: "string" }, text: "Command line, one item for each argument.", optional: true },
  user: { type: "string", text: "Name of the user that it runs as.", optional: true },
  uid: { type: "integer", text: "Number of the user that it runs as.", optional: true, platforms: ["linux"] },
  parents: {
    type: {
      list: {
        fields: {
          pid: { type: "integer", text: "Process id of the parent." },
          name: { type: "string", text: "Name of the parent." },
        },
      },
    },
    text: "Parents, from the nearest outwards.",
    optional: true,
  },
  unit: { type: "string", text: "Unit of systemd that it belongs to.", optional: true, platforms: ["linux"] },
  container: {
    type: "string",
    text: "Container that it runs in: the name that Podman, CRI-O or Docker gave it, else its id.",
    optional: true,
    platforms: ["linux"],
  },
  image: { type: "string", text: "Image that the container was made from.", optional: true, platforms: ["linux"] },
  package: { type: "string", text: "Package that its executable comes from.", optional: true, platforms: ["linux"] },
  modules: {
    type: { list: "string" },
    text: "Paths of the executable files (libraries) that it has loaded.",
    optional: true,
  },
} as const satisfies Fields;

export const GAP = {
  from: { type: "time", text: "When the interval began in which something may have been missed." },
  until: { type: "time", text: "When that interval ended." },
  reason: { type: "string", text: "Why something may have been missed." },
  lost: { type: "integer", text: "How many events were lost.", unit: "events", optional: true },
} as const satisfies Fields;

export const EVIDENCE = {
  source: {
    type: ["context", "accept", "listener", "holder", "polled", "kernel", "none", "unknown", "ambiguous"],
    text: "How the owner is known: context (seen in its own system call), accept (its accept returned it), listener (the listener's owner, nobody was seen accepting), holder (holds it as a file descriptor), polled (seen while polling), kernel (the kernel holds it), none (no process holds it, any more or yet), unknown (a process that this user may not look into may hold it), ambiguous (one of the candidates).",
  },
  candidates: {
    type: { list: "integer" },
    text: "Process ids that could be meant, where the owner is ambiguous.",
    optional: true,
  },
} as const satisfies Fields;

export const DEGRADATION = {
  what: { type: "string", text: "What this machine or this user does not give." },
  remedy: { type: "string", text: "The literal command that brings it.", optional: true },
} as const satisfies Fields;

export const HOST = { type: "string", text: "Name of the machine." } as const;

export const COLLECTOR = {
  type: "string",
  text: "How the machine was observed: ebpf, procfs or scripted.",
} as const;

export const GAPS = {
  type: { list: { fields: GAP } },
  text: "Intervals in which something may have been missed.",
} as const;

export const DEGRADATIONS = {
  type: { list: { fields: DEGRADATION } },
  text: "Parts that were left out on this machine, each with what brings it.",
} as const;
