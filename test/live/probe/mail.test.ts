import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { dovecot } from "./servers/dovecot.ts";
import { postfix } from "./servers/postfix.ts";

realServer("dovecot", { needs: ["dovecot", "openssl"], start: dovecot }, (ask) => {
  const certificate = { subject: "mail.harbour.test", names: ["DNS:mail.harbour.test"], trusted: false };

  test("is asked by IMAP", async () => {
    const { fields, text } = await ask({ protocol: "imap", transport: "tcp", port: 143 });
    expect(fields.capabilities).toEqual(expect.arrayContaining(["IMAP4rev1", "STARTTLS"]));
    expect(text).toContain("Harbour post ready.");
  });

  test("is asked by POP3", async () => {
    const { fields } = await ask({ protocol: "pop3", transport: "tcp", port: 110 });
    expect(fields).toMatchObject({ banner: "+OK Harbour post ready." });
    expect(fields.capabilities).toEqual(expect.arrayContaining(["UIDL", "STLS"]));
  });

  test("is asked by IMAP inside TLS", async () => {
    const answer = await ask({ protocol: "imaps", transport: "tcp", port: 993 });
    expect(answer).toMatchObject({ protocol: "imap", fields: { tls: { certificate } } });
    expect(answer.fields.capabilities).not.toContain("STARTTLS");
  });

  test("is asked by POP3 inside TLS", async () => {
    const answer = await ask({ protocol: "pop3s", transport: "tcp", port: 995 });
    expect(answer).toMatchObject({ protocol: "pop3", fields: { tls: { certificate } } });
  });
});

realServer("Postfix", { needs: ["postfix"], start: postfix }, (ask) => {
  test("is asked by SMTP", async () => {
    const { fields } = await ask({ protocol: "smtp", transport: "tcp", port: 25 });
    expect(fields).toMatchObject({ code: 220, banner: "mail.harbour.test ESMTP Harbour post", ehloCode: 250 });
    expect(fields.extensions).toContain("SIZE 1299709");
  });
});
