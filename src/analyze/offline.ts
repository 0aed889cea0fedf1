import { isLoopback } from "../model/endpoint.ts";
import type { Profile, ProfileConnect, ProfileOffline } from "../model/profile.ts";

/** How the command was run: with a loopback interface or without, and whether it ended by itself. */
export type OfflineRun = { loopback: boolean; ended: boolean };

/** `profile` of a command that had no network, with the answer to whether it needs one. */
export function withOffline(profile: Profile, run: OfflineRun): Profile {
  return { ...profile, offline: offlineOf(profile, run) };
}

function offlineOf(profile: Profile, { loopback, ended }: OfflineRun): ProfileOffline {
  const vain = profile.connects.filter((row) => row.failed > 0 && lacksNetwork(row, loopback));
  const [first] = [...vain].sort((a, b) => (a.firstSeen < b.firstSeen ? -1 : 1));
  return {
    loopback,
    ended,
    needsNetwork: need(profile, vain.length > 0, ended),
    attempts: vain.reduce((sum, row) => sum + row.failed, 0),
    ...(first && { firstAttempt: attemptOf(first) }),
  };
}

/** A command that ended by itself with status 0, or was still at work when its time was up, did not fail. */
function need(profile: Profile, triedInVain: boolean, ended: boolean): ProfileOffline["needsNetwork"] {
  const failed = ended && profile.exitStatus !== 0;
  if (failed) return triedInVain ? "yes" : "unclear";
  if (triedInVain) return "optional";
  if (profile.usesNetwork) return "loopback";
  return profile.complete ? "no" : "unclear";
}

/** Within its own machine an attempt fails for other reasons too, unless there is no loopback either. */
function lacksNetwork({ remote }: ProfileConnect, loopback: boolean): boolean {
  return !loopback || !isLoopback(remote.address);
}

function attemptOf({ protocol, remote, errors, pids, callers, firstSeen }: ProfileConnect) {
  const [error] = Object.keys(errors ?? {});
  return {
    protocol,
    remote,
    ...(error !== undefined && { error }),
    pids,
    ...(callers && { callers }),
    at: firstSeen,
  };
}
