import { exposureOf, type Protocol } from "../../../src/model/endpoint.ts";
import type { Profile, ProfileConnect, ProfileListen } from "../../../src/model/profile.ts";

const SEEN = {
  pids: [100],
  flows: 1,
  features: [],
  evidence: { source: "context" },
  firstSeen: "2026-11-23T09:00:00.000000Z",
  lastSeen: "2026-11-23T09:00:12.000000Z",
} as const;

/** A listen on the network's port that a test names. */
export function seenListen(seen: {
  port: number;
  address?: string;
  protocol?: Protocol;
  portChosenBy?: "application" | "system";
}): ProfileListen {
  const { port, address = "0.0.0.0", protocol = "tcp", portChosenBy = "application" } = seen;
  return {
    ...SEEN,
    pids: [100],
    features: [],
    protocol,
    address,
    port,
    portChosenBy,
    exposure: exposureOf(address),
    peers: [],
  };
}

/** A connect to the port that a test names. */
export function seenConnect(seen: {
  port: number;
  address?: string;
  protocol?: Protocol;
  name?: string;
}): ProfileConnect {
  const { port, address = "203.0.113.5", protocol = "tcp", name } = seen;
  const named = name === undefined ? {} : { name };
  return { ...SEEN, pids: [100], features: [], protocol, remote: { address, port }, ...named, failed: 0 };
}

/** A profile of which only what a manifest reads is filled. */
export function profileWith(more: Partial<Profile>): Profile {
  return {
    schema: "portolan.profile/1",
    host: "harbour",
    application: "x",
    startedAt: SEEN.firstSeen,
    endedAt: SEEN.lastSeen,
    collector: "scripted",
    complete: true,
    gaps: [],
    usesNetwork: true,
    loopbackOnly: false,
    degradations: [],
    coverage: {
      durationSeconds: 12,
      starts: 1,
      seenFromStart: true,
      processes: 1,
      events: 1,
      flows: 1,
      failed: 0,
      names: 0,
    },
    processes: [],
    listens: [],
    connects: [],
    failedBinds: [],
    ...more,
  };
}
