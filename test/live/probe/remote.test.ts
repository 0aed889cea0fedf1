import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { sshd } from "./servers/sshd.ts";
import { telnetd } from "./servers/telnetd.ts";
import { xrdp } from "./servers/xrdp.ts";
import { xvnc } from "./servers/xvnc.ts";

realServer("OpenSSH's sshd", { needs: ["sshd", "ssh-keygen"], start: sshd }, (ask) => {
  test("tells what it is, and which keys it has", async () => {
    const { fields } = await ask({ protocol: "ssh", transport: "tcp", port: 22 });
    expect(fields).toMatchObject({ version: "2.0", software: expect.stringMatching(/^OpenSSH_/) });
    expect(fields.hostKeys).toEqual(["ssh-ed25519", "ecdsa-sha2-nistp256"]);
    expect(fields.keyExchange).toContain("curve25519-sha256");
  });
});

realServer("xrdp", { needs: ["xrdp", "openssl"], start: xrdp }, (ask) => {
  test("chooses TLS, and shows its certificate", async () => {
    const { fields } = await ask({ protocol: "rdp", transport: "tcp", port: 3389 });
    expect(fields).toMatchObject({
      ...{ security: "TLS", networkLevelAuthentication: false },
      tls: { certificate: { subject: "bridge.harbour.test", trusted: false } },
    });
  });
});

for (const [security, told] of [
  ["None", { security: ["none"], open: true }],
  ["VncAuth", { security: ["VNC password"], open: false }],
] as const) {
  realServer(`TigerVNC (${security})`, { needs: ["Xtigervnc"], start: (island) => xvnc(island, security) }, (ask) => {
    test("tells whether a password is wanted", async () => {
      const { fields } = await ask({ protocol: "vnc", transport: "tcp", port: 5900 });
      expect(fields).toEqual({ version: "3.8", ...told });
    });
  });
}

realServer("telnetd", { needs: ["socat", "telnetd"], start: telnetd }, (ask) => {
  test("negotiates, and asks for a name", async () => {
    const { fields, text } = await ask({ protocol: "telnet", transport: "tcp", port: 23 });
    expect(fields.asks).toEqual(expect.arrayContaining(["terminal type", "window size"]));
    expect(text).toMatch(/quay login:$/);
  });
});
