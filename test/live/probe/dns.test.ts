import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { dnsmasq } from "./servers/dnsmasq.ts";
import { named, roots } from "./servers/named.ts";

const TRANSPORTS = ["udp", "tcp"] as const;

realServer("BIND, which is the root", { needs: ["named"], start: named }, (ask) => {
  test.each(TRANSPORTS)("answers over %s", async (transport) => {
    const { fields } = await ask({ protocol: "dns", transport, port: 53 });
    expect(fields).toMatchObject({ rcode: "NOERROR", authoritative: true, recursion: false, answerCount: 3 });
    const answers = fields.answers as { name: string; type: string; data: string }[];
    expect(answers.map(({ name, type, data }) => `${name} ${type} ${data}`).sort()).toEqual(
      roots.map((name) => `. NS ${name}`),
    );
  });

  test("answers inside TLS", async () => {
    const { fields } = await ask({ protocol: "dns-tls", transport: "tcp", port: 853 });
    expect(fields).toMatchObject({
      rcode: "NOERROR",
      tls: { applicationProtocol: "dot", certificate: { trusted: false } },
    });
  });
});

realServer("dnsmasq, which knows nobody to ask", { needs: ["dnsmasq"], start: dnsmasq }, (ask) => {
  test.each(TRANSPORTS)("refuses over %s", async (transport) => {
    const { fields } = await ask({ protocol: "dns", transport, port: 53 });
    expect(fields).toMatchObject({ rcode: "REFUSED", recursion: true, answerCount: 0 });
  });
});
