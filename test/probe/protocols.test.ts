import { expect, test } from "vitest";
import { PROTOCOLS } from "../../src/probe/protocols.ts";

test("every protocol has one name, and at least one way to be chosen and to be asked", () => {
  const names = PROTOCOLS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { services, ports, tcp, udp } of PROTOCOLS) {
    expect(services.length).toBeGreaterThan(0);
    for (const { protocol } of ports) expect(protocol === "tcp" ? tcp : udp).toBeDefined();
  }
});
