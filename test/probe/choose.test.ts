import { expect, test } from "vitest";
import { chooseProbe, listenOnly } from "../../src/probe/choose.ts";
import type { ProbeProtocol } from "../../src/probe/protocol.ts";

const tcp = () => ({ next: () => ({ foreign: true as const }) });
const udp = () => ({ request: new Uint8Array(), read: () => undefined });

const ldap: ProbeProtocol = { name: "ldap", services: ["ldap"], ports: [{ protocol: "tcp", port: 389 }], tcp, udp };
const web: ProbeProtocol = { name: "web", services: ["http", "http-alt"], ports: [{ protocol: "tcp", port: 80 }], tcp };
const banner: ProbeProtocol = { name: "banner", services: [], ports: [], tcp };
const all = [ldap, web, banner];

test.each([
  ["tcp", 1025, "ldap", "ldap", "service"],
  ["tcp", 389, undefined, "ldap", "port"],
  ["tcp", 389, "http", "web", "service"],
  ["tcp", 389, "strange", "ldap", "port"],
  ["udp", 1025, "ldap", "ldap", "service"],
  ["udp", 389, undefined, undefined, undefined],
  ["udp", 80, "http", undefined, undefined],
  ["tcp", 4, "strange", undefined, undefined],
] as const)("%s %i, which the services file calls %s, is asked in %s", (protocol, port, service, name, chosenBy) => {
  const choice = chooseProbe(all, { protocol, port }, service);
  expect(choice?.chosen).toEqual(name === undefined ? undefined : { name, chosenBy });
});

test("a service of which nothing is known is listened to, where there is a way to do so", () => {
  expect(listenOnly(all)?.chosen).toEqual({ name: "banner", chosenBy: "nothing" });
  expect(listenOnly([ldap])).toBeUndefined();
});
