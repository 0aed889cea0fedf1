import { expect, test } from "vitest";
import { realServer } from "./real-server.ts";
import { rsyncd } from "./servers/rsyncd.ts";
import { smbd } from "./servers/smbd.ts";

realServer("Samba's smbd", { needs: ["smbd"], start: (island) => smbd(island, "SMB3") }, (ask) => {
  test.each([
    ["smb", 445],
    ["smb-netbios", 139],
  ])("agrees on the newest dialect (%s)", async (protocol, port) => {
    const { fields } = await ask({ protocol, transport: "tcp", port });
    expect(fields).toMatchObject({
      ...{ dialect: "3.1.1", signing: "required", authentication: ["NTLM"] },
      ...{ server: expect.stringMatching(/^[0-9a-f]{8}-/), time: expect.stringMatching(/Z$/) },
    });
  });
});

realServer("Samba's smbd with SMB 1 alone", { needs: ["smbd"], start: (island) => smbd(island, "NT1") }, (ask) => {
  test("tells its names", async () => {
    const { fields } = await ask({ protocol: "smb", transport: "tcp", port: 445 });
    expect(fields).toMatchObject({ dialect: "NT LM 0.12", domain: "HARBOUR", name: "PIER7" });
  });
});

realServer("the daemon of rsync", { needs: ["rsync"], start: rsyncd }, (ask) => {
  test("lists the module that it does not hide", async () => {
    const { fields, text } = await ask({ protocol: "rsync", transport: "tcp", port: 873 });
    expect(fields).toMatchObject({ modules: [{ name: "charts", comment: "Charts of the coast" }], moduleCount: 1 });
    expect(text).toBe("Welcome to the harbour.");
  });
});
