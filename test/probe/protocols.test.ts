import { expect, test } from "vitest";
import { PROTOCOLS } from "../../src/probe/protocols.ts";

test("every protocol has one name, and at least one way to be chosen and to be asked", () => {
  const names = PROTOCOLS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, services, ports, tcp, udp } of PROTOCOLS) {
    // What is listened to where nothing is known of a service belongs to none.
    expect(services.length > 0).toBe(name !== "banner");
    for (const { protocol } of ports) expect(protocol === "tcp" ? tcp : udp).toBeDefined();
  }
});
