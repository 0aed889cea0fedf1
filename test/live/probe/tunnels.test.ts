import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { charon, port, STARTER } from "./servers/charon.ts";
import { xl2tpd } from "./servers/xl2tpd.ts";

realServer("with both versions of IKE", { needs: [], start: (island) => charon(island, ["ikev2", "ikev1"]) }, (ask) => {
  test("agrees on version 2", async () => {
    const { fields } = await ask({ protocol: "isakmp", transport: "udp", port });
    expect(fields).toMatchObject({
      ...{ version: "2.0", exchange: "IKE_SA_INIT" },
      chosen: { encryption: "AES-CBC-256", integrity: "HMAC-SHA2-256-128", group: "MODP-2048" },
    });
  });

  test("agrees on version 1", async () => {
    const { fields } = await ask({ protocol: "isakmp", transport: "udp", port, only: 1 });
    expect(fields).toMatchObject({
      ...{ version: "1.0", exchange: "main mode" },
      chosen: { encryption: "AES-CBC-128", hash: "SHA1", authentication: "pre-shared key" },
    });
  });
});

realServer("charon with version 1 alone", { needs: [STARTER], start: (island) => charon(island, ["ikev1"]) }, (ask) => {
  test("refuses version 2, which is an answer", async () => {
    const { fields } = await ask({ protocol: "isakmp", transport: "udp", port });
    expect(fields).toMatchObject({ version: "2.0", notifies: ["NO_PROPOSAL_CHOSEN"] });
  });
});

realServer("xl2tpd", { needs: ["xl2tpd"], start: xl2tpd }, (ask) => {
  test("would set up a tunnel", async () => {
    const { fields } = await ask({ protocol: "l2tp", transport: "udp", port: 1701 });
    expect(fields).toMatchObject({ reply: "accepted", host: "harbour", version: "1.0" });
  });
});
