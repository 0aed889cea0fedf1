import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { nginx } from "./servers/nginx.ts";
import { tftpd } from "./servers/tftpd.ts";
import { vsftpd } from "./servers/vsftpd.ts";

realServer("vsftpd", { needs: ["vsftpd"], start: vsftpd }, (ask) => {
  test("greets, and asks an anonymous user for a password", async () => {
    const { text } = await ask({ protocol: "ftp", transport: "tcp", port: 21 });
    expect(text).toBe("220 Welcome to the harbour.\n331 Please specify the password.");
  });
});

realServer("tftpd-hpa", { needs: ["in.tftpd"], start: tftpd }, (ask) => {
  test("has no such file, and says so from another port", async () => {
    const { fields } = await ask({ protocol: "tftp", transport: "udp", port: 69 });
    expect(fields).toMatchObject({ reply: "error", code: 1, meaning: "file not found" });
  });
});

realServer("nginx", { needs: ["nginx"], start: nginx }, (ask) => {
  test("serves a page that has a title", async () => {
    const { fields } = await ask({ protocol: "http", transport: "tcp", port: 80 });
    expect(fields).toMatchObject({ status: 200, title: "Harbour office", server: expect.stringMatching(/^nginx\//) });
  });

  test("sends elsewhere", async () => {
    const { fields } = await ask({ protocol: "http", transport: "tcp", port: 8080 });
    expect(fields).toMatchObject({ status: 301, location: "http://harbour.test/" });
  });
});
