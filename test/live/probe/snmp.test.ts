import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { community, snmpd } from "./servers/snmpd.ts";

realServer("snmpd", { needs: ["snmpd"], start: snmpd }, (ask) => {
  const system = {
    ...{ sysDescr: "Harbour light", sysName: "light.harbour.test", sysLocation: "Pier 7" },
    ...{ sysContact: "keeper@harbour.test", sysObjectID: "1.3.6.1.4.1.8072.3.2.10" },
  };

  test.each([
    [0, "2c"],
    [1, "1"],
  ])("describes the system to who knows the community (version %i of the question)", async (only, version) => {
    const { fields } = await ask({ protocol: "snmp", transport: "udp", port: 161, community, only });
    expect(fields).toMatchObject({ version, ...system, sysUpTimeSeconds: expect.any(Number) });
  });

  test("tells a stranger no more than its engine", async () => {
    const { fields } = await ask({ protocol: "snmp", transport: "udp", port: 161, community: "guess" });
    expect(fields).toMatchObject({ version: "3", enterprise: 8072, engineId: "80001f8804686172626f7572" });
    expect(fields).not.toHaveProperty("sysDescr");
  });
});
