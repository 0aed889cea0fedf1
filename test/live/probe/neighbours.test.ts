import { describe, expect, test } from "vitest";
import { until } from "../until.ts";
import { realServer } from "./real-server.ts";
import { ADDRESS, avahi } from "./servers/avahi.ts";
import { chronyd } from "./servers/chronyd.ts";
import { ipmiSim } from "./servers/ipmi-sim.ts";
import { DEVICE, minissdpd } from "./servers/minissdpd.ts";
import { rpcbind } from "./servers/rpcbind.ts";
import { turnserver } from "./servers/turnserver.ts";

realServer("chrony", { needs: ["chronyd"], start: chronyd }, (ask) => {
  test("gives the time, as good as its own", async () => {
    const { fields } = await ask({ protocol: "ntp", transport: "udp", port: 123 });
    expect(fields).toMatchObject({ version: 4, leap: "none", stratum: 7, reference: "127.127.1.1" });
  });
});

realServer("Avahi", { needs: ["avahi-daemon"], start: avahi }, (ask) => {
  test("tells the name of the machine, and its services", async () => {
    // Before it has made sure that nobody else has that service, it tells its name alone.
    const fields = await until("the service", async () => {
      const { fields } = await ask({ protocol: "mdns", transport: "udp", port: 5353, address: ADDRESS });
      return fields.serviceCount === 0 ? undefined : fields;
    });
    expect(fields).toEqual({ host: "pier7.local", services: ["_http._tcp"], serviceCount: 1 });
  });
});

realServer("minissdpd", { needs: ["minissdpd", "socat"], start: minissdpd }, (ask) => {
  test("tells of the device that it was told of", async () => {
    const { fields } = await ask({ protocol: "ssdp", transport: "udp", port: 1900 });
    expect(fields).toMatchObject(DEVICE);
  });
});

realServer("coturn", { needs: ["turnserver", "openssl"], start: turnserver }, (ask) => {
  test.each([
    ["stun", "udp", 3478],
    ["stun", "tcp", 3478],
    ["stuns", "tcp", 5349],
  ] as const)("tells from where it was asked (%s over %s)", async (protocol, transport, port) => {
    const { fields } = await ask({ protocol, transport, port });
    expect(fields).toMatchObject({
      ...{ ok: true, mapped: expect.stringMatching(/^127\.0\.0\.1:\d+$/), origin: `127.0.0.1:${port}` },
      software: expect.stringMatching(/^Coturn-/),
    });
  });
});

realServer("rpcbind", { needs: ["rpcbind"], start: rpcbind }, (ask) => {
  test.each(["udp", "tcp"] as const)("lists itself over %s", async (transport) => {
    const { fields } = await ask({ protocol: "portmap", transport, port: 111 });
    const itself = { program: 100_000, name: "portmapper", versions: [2, 3, 4], port: 111 };
    expect(fields.programs).toContainEqual({ ...itself, protocol: "udp" });
    expect(fields.programs).toContainEqual({ ...itself, protocol: "tcp" });
  });
});

describe("a controller of a server", () => {
  realServer("that OpenIPMI simulates", { needs: ["ipmi_sim"], start: ipmiSim }, (ask) => {
    test("tells whom it lets in, and answers a ping", async () => {
      const ports = { transport: "udp", port: 623 } as const;
      const { fields } = await ask({ protocol: "ipmi", ...ports });
      expect(fields).toMatchObject({ versions: ["1.5", "2.0"], authentication: ["MD5", "password"] });
      expect((await ask({ protocol: "ipmi", ...ports, only: 1 })).fields).toMatchObject({ ipmi: true });
    });
  });
});
