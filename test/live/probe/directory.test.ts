import { expect, test } from "vitest";
import { OWN } from "./island.ts";
import { realServer } from "./real-server.ts";
import { nmbd } from "./servers/nmbd.ts";
import { names, samba } from "./servers/samba.ts";
import { contexts, slapd } from "./servers/slapd.ts";

type Attributes = { [name: string]: string[] };

realServer("OpenLDAP's slapd", { needs: ["slapd"], start: slapd }, (ask) => {
  test("tells the root of its directories", async () => {
    const { fields } = await ask({ protocol: "ldap", transport: "tcp", port: 389 });
    expect(fields).toMatchObject({ result: "success", attributes: { namingContexts: contexts } });
  });
});

realServer("Samba as a domain controller", { needs: ["samba", "samba-tool"], start: samba }, (ask) => {
  const host = `${names.host}.${names.realm}`.toLowerCase();

  test.each([
    ["ldap", "tcp", 389],
    ["ldap", "udp", 389],
    ["ldap", "tcp", 3268],
    ["ldaps", "tcp", 636],
  ] as const)("tells the root of its directory (%s over %s, port %i)", async (protocol, transport, port) => {
    const { fields } = await ask({ protocol, transport, port });
    const attributes = fields.attributes as Attributes;
    expect(attributes).toMatchObject({ dnsHostName: [host], defaultNamingContext: ["DC=harbour,DC=test"] });
    expect(attributes.namingContexts).toHaveLength(3);
  });

  test("tells every endpoint of its servers, of which SAMR is one", async () => {
    const { fields } = await ask({ protocol: "rpc", transport: "tcp", port: 135 });
    const endpoints = fields.endpoints as { uuid: string; binding: string }[];
    expect(fields).toMatchObject({ complete: true, total: endpoints.length });
    const samr = endpoints.filter(({ uuid }) => uuid === "12345778-1234-abcd-ef00-0123456789ac");
    expect(samr.map(({ binding }) => binding)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ncacn_ip_tcp:.*\[\d+\]$/), "ncacn_np:[\\pipe\\samr]"]),
    );
  });
});

realServer("Samba's nmbd", { needs: ["nmbd"], start: nmbd }, (ask) => {
  test("tells its names and its workgroup", async () => {
    const { fields } = await ask({ protocol: "netbios", transport: "udp", port: 137, address: OWN });
    expect(fields.names).toEqual(
      expect.arrayContaining([
        { name: "PIER7", suffix: "20", group: false },
        { name: "HARBOUR", suffix: "00", group: true },
      ]),
    );
    expect(fields.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  });
});
