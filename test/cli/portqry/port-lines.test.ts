import { expect, test } from "vitest";
import type { PortqryResult } from "../../../src/app/portqry/query.ts";
import { portLines } from "../../../src/cli/portqry/port-lines.ts";

const BASE = { milliseconds: 1, tries: 1, reason: "connected" };

function lines(result: Partial<PortqryResult> & Pick<PortqryResult, "protocol" | "port" | "verdict">): string {
  return portLines({ ...BASE, ...result } as PortqryResult, "public").join("\n");
}

test.each([
  [{ protocol: "tcp", port: 80, service: "http", verdict: "listening" }, "TCP port 80 (http service): LISTENING"],
  [
    { protocol: "tcp", port: 445, service: "microsoft-ds", verdict: "filtered" },
    "TCP port 445 (microsoft-ds service): FILTERED",
  ],
  [{ protocol: "tcp", port: 4444, verdict: "not-listening" }, "TCP port 4444 (unknown service): NOT LISTENING"],
  [
    { protocol: "udp", port: 9, service: "discard", verdict: "listening-or-filtered" },
    "UDP port 9 (discard service): LISTENING or FILTERED",
  ],
  [
    {
      protocol: "udp",
      port: 53,
      service: "domain",
      verdict: "not-listening",
      probe: { name: "dns", chosenBy: "service" },
    },
    "UDP port 53 (domain service): NOT LISTENING",
  ],
] as const)("%j", (result, expected) => {
  expect(lines(result)).toBe(`${expected}\n`);
});

test("LDAP over UDP has both verdicts, and the attributes between", () => {
  const answer = {
    protocol: "ldap",
    fields: { result: "success", attributes: { currentTime: ["20261124090000Z"], namingContexts: ["dc=a", "dc=b"] } },
  };
  const probe = { name: "ldap", chosenBy: "port" } as const;
  expect(
    lines({ protocol: "udp", port: 389, verdict: "listening", probe, answer, ephemeral: true }),
  ).toBe(`UDP port 389 (unknown service): LISTENING or FILTERED

Using ephemeral source port

Sending LDAP query to UDP port 389...

LDAP query response:

currentTime: 20261124090000Z
namingContexts: dc=a, dc=b

======== End of LDAP query response ========

UDP port 389 is LISTENING
`);
});

test("a name server that does not answer is filtered in the end", () => {
  const probe = { name: "dns", chosenBy: "service" } as const;
  expect(
    lines({ protocol: "udp", port: 53, service: "domain", verdict: "listening-or-filtered", probe }),
  ).toBe(`UDP port 53 (domain service): LISTENING or FILTERED

Sending DNS query to UDP port 53...

DNS query timed out

UDP port 53 is FILTERED
`);
});

test("an endpoint mapper's endpoints", () => {
  const endpoints = [
    {
      uuid: "e3514235-4b06-11d1-ab04-00c04fc2dcd2",
      version: "4.0",
      annotation: "MS NT Directory DRS Interface",
      binding: "ncacn_ip_tcp:192.0.2.7[1025]",
    },
    { uuid: "12345778-1234-abcd-ef00-0123456789ab", version: "0.0", binding: "ncacn_np:\\\\PIER[\\PIPE\\lsass]" },
  ];
  const answer = { protocol: "rpc", fields: { endpoints, total: 2, complete: true } };
  expect(
    lines({
      protocol: "tcp",
      port: 135,
      service: "epmap",
      verdict: "listening",
      probe: { name: "rpc", chosenBy: "service" },
      answer,
    }),
  ).toContain(`Querying Endpoint Mapper Database...

Server's response:

UUID: e3514235-4b06-11d1-ab04-00c04fc2dcd2 MS NT Directory DRS Interface
ncacn_ip_tcp:192.0.2.7[1025]

UUID: 12345778-1234-abcd-ef00-0123456789ab
ncacn_np:\\\\PIER[\\PIPE\\lsass]

Total endpoints found: 2

==== End of RPC Endpoint Mapper query response ====`);
});

test("NetBIOS tells the adapter's address, SQL Server its instances, SNMP its community", () => {
  const netbios = { protocol: "netbios", fields: { names: [], mac: "00:15:5d:01:c6:1e" } };
  const probe = (name: string) => ({ name, chosenBy: "port" as const });
  expect(
    lines({ protocol: "udp", port: 137, verdict: "listening", probe: probe("netbios"), answer: netbios }),
  ).toContain(
    "Attempting NETBIOS adapter status query to UDP port 137...\n\n\nServer's response: MAC address 00155d01c61e\n\nUDP port 137 is LISTENING",
  );
  const sql = {
    protocol: "sql",
    fields: { instances: [{ ServerName: "PIER", InstanceName: "MSSQLSERVER", tcp: "1433" }] },
  };
  expect(lines({ protocol: "udp", port: 1434, verdict: "listening", probe: probe("sql"), answer: sql })).toContain(
    "Sending SQL Server query to UDP port 1434...\n\nServer's response:\n\nServerName PIER\nInstanceName MSSQLSERVER\ntcp 1433\n\n==== End of SQL Server query response ====",
  );
  expect(lines({ protocol: "udp", port: 161, verdict: "listening-or-filtered", probe: probe("snmp") })).toContain(
    "community name for query:\npublic\n\nSending SNMP query to UDP port 161...",
  );
});

test("a banner comes as it is", () => {
  const answer = { protocol: "smtp", fields: {}, text: "220 pier ESMTP\n250 pier" };
  const probe = { name: "smtp", chosenBy: "service" } as const;
  expect(lines({ protocol: "tcp", port: 25, service: "smtp", verdict: "listening", probe, answer })).toBe(
    "TCP port 25 (smtp service): LISTENING\n\nData returned from port:\n220 pier ESMTP\n250 pier\n",
  );
});
