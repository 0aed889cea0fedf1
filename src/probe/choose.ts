import type { ProbeProtocol } from "./protocol.ts";
import type { ChosenProbe, Question } from "./result.ts";

/** A protocol that a port is asked in, and who chose it. */
export type Choice = { readonly protocol: ProbeProtocol; readonly chosen: ChosenProbe };

/**
 * The protocol in which a port is asked: the one that belongs to the name of its service, else the one that belongs to its
 * number. A services file can thereby have any port asked in any protocol.
 */
export function chooseProbe(
  protocols: readonly ProbeProtocol[],
  { protocol, port }: Question,
  service: string | undefined,
): Choice | undefined {
  const able = protocols.filter((each) => each[protocol] !== undefined);
  const byService = service === undefined ? undefined : able.find(({ services }) => services.includes(service));
  if (byService !== undefined) return choice(byService, "service");
  const byPort = able.find(({ ports }) => ports.some((each) => each.protocol === protocol && each.port === port));
  return byPort && choice(byPort, "port");
}

/** What a service of which nothing is known is asked: nothing, it is listened to. */
export function listenOnly(protocols: readonly ProbeProtocol[]): Choice | undefined {
  const banner = protocols.find(({ name }) => name === "banner");
  return banner && choice(banner, "nothing");
}

function choice(protocol: ProbeProtocol, chosenBy: ChosenProbe["chosenBy"]): Choice {
  return { protocol, chosen: { name: protocol.name, chosenBy } };
}
