import type { Profile } from "../../model/profile.ts";
import { counted, countText } from "./report-words.ts";

/**
 * Answers "does it use the network at all, and how" in one sentence. What may have been missed is never said to be
 * absent: "connects nowhere" is for a complete profile only.
 */
export function sentence(profile: Profile, sanitise: (text: string) => string): string {
  const name = sanitise(profile.application);
  if (!profile.usesNetwork) {
    return profile.complete
      ? `${name} does not use the network: it listened on no port and connected nowhere.`
      : `${name} was not seen using the network, but something may have been missed.`;
  }
  const scope = profile.loopbackOnly ? "uses the network within this machine only" : "uses the network";
  return `${name} ${scope}: ${listening(profile)} and ${connecting(profile)}.`;
}

function listening({ listens, failedBinds, loopbackOnly, complete }: Profile): string {
  const ports = new Set(listens.map((row) => `${row.protocol} ${row.port}`));
  if (ports.size === 0) {
    if (failedBinds.length > 0) return "it tried in vain to bind a port";
    return complete ? "it listens nowhere" : "it was not seen listening";
  }
  const open = listens.filter((row) => row.exposure === "network");
  const reachable = new Set(open.map((row) => `${row.protocol} ${row.port}`)).size;
  const text = `it listens on ${counted(ports.size, "port")}`;
  if (loopbackOnly) return text;
  if (ports.size === 1) return `${text} (${reachable === 1 ? "reachable from the network" : "for this machine only"})`;
  const share = reachable === 0 ? "none" : reachable === ports.size ? "all" : countText(reachable);
  return `${text} (${share} reachable from the network)`;
}

function connecting({ connects, coverage, complete }: Profile): string {
  const all = new Set(connects.map((row) => row.name ?? row.remote.address));
  const reached = new Set(connects.filter((row) => row.flows !== 0).map((row) => row.name ?? row.remote.address));
  const unknown = coverage.connectsWithoutPeer === undefined ? "" : " and to others that could not be identified";
  if (all.size === 0) {
    if (unknown !== "") return "sends to others that could not be identified";
    return complete ? "connects nowhere" : "was not seen connecting anywhere";
  }
  if (reached.size === 0) return `tried in vain to connect to ${counted(all.size, "system")}${unknown}`;
  const vain = all.size - reached.size;
  const tried = vain === 0 ? "" : `, and tried in vain to reach ${counted(vain, "other")}`;
  return `connects to ${counted(reached.size, "system")}${unknown}${tried}`;
}
