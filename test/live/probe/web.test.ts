import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { gtlsserver } from "./servers/gtlsserver.ts";
import { NAME, nginxTls, PORTS } from "./servers/nginx-tls.ts";

let authority = "";

function start(island: Parameters<typeof nginxTls>[0]): void {
  authority = nginxTls(island).authority;
}

realServer("nginx with certificates of all kinds", { needs: ["nginx", "openssl"], start }, (ask) => {
  const fetched = (port: number) => ask({ protocol: "https", transport: "tcp", port, name: NAME, authority });

  test("serves its page, and proves who it is", async () => {
    const { protocol, fields } = await fetched(PORTS.good);
    expect(protocol).toBe("http");
    expect(fields).toMatchObject({
      ...{ status: 200, title: "Harbour office", server: expect.stringMatching(/^nginx\//) },
      tls: {
        applicationProtocol: "http/1.1",
        certificate: { subject: NAME, issuer: "Harbour authority", trusted: true },
      },
    });
  });

  test.each([
    ["expired", PORTS.expired, "CERT_HAS_EXPIRED"],
    ["somebody else's", PORTS.elsewhere, "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["signed by nobody else", PORTS.ownWord, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ])("serves its page with a certificate that is %s, and why it is not trusted is told", async (_, port, distrust) => {
    const { fields } = await fetched(port);
    expect(fields).toMatchObject({ status: 200, tls: { certificate: { trusted: false, distrust } } });
  });
});

realServer("ngtcp2's server of HTTP/3", { needs: ["gtlsserver", "openssl"], start: gtlsserver }, (ask) => {
  test("speaks version 1 of QUIC", async () => {
    const { fields } = await ask({ protocol: "quic", transport: "udp", port: 443 });
    expect(fields).toEqual({ versions: ["1"] });
  });
});
