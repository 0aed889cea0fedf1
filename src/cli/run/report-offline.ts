import { endpointText } from "../../model/endpoint.ts";
import type { Profile, ProfileOffline } from "../../model/profile.ts";
import { counted } from "./report-words.ts";

type Attempt = NonNullable<ProfileOffline["firstAttempt"]>;

/** The answer of a run without a network, in one paragraph: how it ended, what it tried first, what sufficed. */
export function offlineParagraph(
  { application, exitStatus, offline, complete, listens }: Profile,
  sanitise: (text: string) => string,
): string | undefined {
  if (offline === undefined) return undefined;
  const name = sanitise(application);
  const place = offline.loopback ? "without a network" : "without any network, loopback included";
  const ran = offline.ended ? "it ran to its end" : "it was still at work when its time was up";
  const answers: Record<ProfileOffline["needsNetwork"], string> = {
    no: `${name} does not need TCP/IP: ${place} ${ran} and opened no port.`,
    loopback: `${name} needs no network beyond this machine: ${place} ${ran}, and loopback sufficed.`,
    optional: `${name} runs ${place}, although it tried to use one.`,
    yes: `${name} needs ${offline.loopback ? "a network" : "TCP/IP"}: it failed ${place} (exit status ${exitStatus}).`,
    unclear: unclear(name, place, exitStatus, complete),
  };
  const tried = offline.firstAttempt && attemptText(offline.firstAttempt, offline.attempts, sanitise);
  const reachable = listens.some((row) => row.exposure === "network");
  const listened = reachable ? "It listened on a port that a network would reach." : undefined;
  return [answers[offline.needsNetwork], listened, tried].filter(Boolean).join(" ");
}

function unclear(name: string, place: string, exitStatus: number | undefined, complete: boolean): string {
  if (!complete) return `Whether ${name} needs a network is unclear: something may have been missed.`;
  return `${name} failed ${place} (exit status ${exitStatus}), but not for want of one: it had tried to reach nobody.`;
}

function attemptText(
  { protocol, remote, error, callers }: Attempt,
  attempts: number,
  sanitise: (text: string) => string,
) {
  const [caller] = callers ?? [];
  const from = caller === undefined ? "" : `, from ${sanitise(caller)}`;
  const why = error === undefined ? "" : ` (${error})`;
  const purpose = protocol === "udp" && remote.port === 53 ? ", to look up a name" : "";
  const more = attempts > 1 ? `; ${counted(attempts, "attempt")} in all` : "";
  return `It tried first ${protocol} ${sanitise(endpointText(remote))}${purpose}${from}${why}${more}.`;
}
