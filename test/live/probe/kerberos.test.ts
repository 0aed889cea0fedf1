import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { krb5kdc, REALM } from "./servers/krb5kdc.ts";
import { samba } from "./servers/samba.ts";

const told = { errorCode: 6, error: "KDC_ERR_C_PRINCIPAL_UNKNOWN", time: expect.stringMatching(/Z$/) };

realServer("MIT's KDC", { needs: ["krb5kdc", "kdb5_util"], start: krb5kdc }, (ask) => {
  test.each(["udp", "tcp"] as const)("knows no such principal, of its realm or another, over %s", async (transport) => {
    for (const name of [`kdc.${REALM.toLowerCase()}`, "kdc.elsewhere.test"]) {
      const { fields } = await ask({ protocol: "kerberos", transport, port: 88, name });
      expect(fields).toEqual({ ...told, message: "CLIENT_NOT_FOUND" });
    }
  });
});

realServer("Samba as a domain controller", { needs: ["samba", "samba-tool"], start: samba }, (ask) => {
  test.each(["udp", "tcp"] as const)("knows no such principal over %s", async (transport) => {
    const { fields } = await ask({ protocol: "kerberos", transport, port: 88 });
    expect(fields).toEqual(told);
  });
});
