import { describe, expect, test } from "vitest";
import { smb, smbOverNetbios } from "../../../src/probe/protocols/smb.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

/** What Samba is, at either port. */
const SAMBA = {
  ...{ dialect: "3.1.1", signing: "required", encryption: "AES-128-GCM", signingAlgorithm: "AES-GMAC" },
  // The name that Samba puts there: pier7, in its order of bytes.
  ...{ server: "72656970-0037-0000-0000-000000000000", authentication: ["NTLM"] },
  time: expect.stringMatching(/^2026-.*Z$/),
};

/** Samba's second reply with some bytes after the header of the session changed. */
function changed(changes: { [at: number]: number[] }): Buffer {
  const reply = Buffer.from(recorded("smb-tcp-smbd")[1] ?? []);
  for (const [at, bytes] of Object.entries(changes)) reply.set(bytes, 4 + Number(at));
  return reply;
}

test("the first question is one of SMB 1 that names what came later", () => {
  const first = Buffer.from(conversationOf(smb).first ?? []);
  expect(first.readUInt32BE()).toBe(first.length - 4);
  expect(first.toString("latin1", 4, 9)).toBe("\xffSMBr");
  expect(first.toString("latin1")).toContain("\x02NT LM 0.12\0\x02SMB 2.002\0\x02SMB 2.???\0");
});

describe("Samba", () => {
  test("agrees on the newest dialect when it is asked again", () => {
    const { sent, answer } = converse(smb, recorded("smb-tcp-smbd"));
    expect(answer?.fields).toMatchObject({ ...SAMBA, capabilities: ["DFS", "leasing", "large MTU", "multichannel"] });
    const second = Buffer.from(sent[1] ?? []);
    expect(second.readUInt32BE()).toBe(second.length - 4);
    // Five dialects, and four contexts at a multiple of 8 bytes from the header.
    expect([second.readUInt16LE(4 + 66), second.readUInt16LE(4 + 96), second.readUInt32LE(4 + 92) % 8]).toEqual([
      5, 4, 0,
    ]);
  });

  test("does so inside NetBIOS, too", () => {
    const { sent, answer } = converse(smbOverNetbios, recorded("smb-netbios-tcp-smbd"));
    expect(answer?.fields).toMatchObject(SAMBA);
    // "*SMBSERVER" and its kind, each half byte as a letter.
    const request = Buffer.from(sent[0] ?? []).toString("latin1");
    expect(request.slice(0, 38)).toBe(`\x81\0\0\x44 CKFDENECFDEFFCFGEFFC${"CA".repeat(6)}\0`);
    expect(sent).toHaveLength(3);
  });

  test("answers in SMB 1 where it knows nothing newer, and tells its names", () => {
    const { answer } = converse(smb, recorded("smb-tcp-smbd-old"));
    expect(answer?.fields).toMatchObject({
      ...{ dialect: "NT LM 0.12", signing: "required", domain: "HARBOUR", name: "PIER7" },
      time: expect.stringMatching(/^2026-/),
    });
  });

  test("has answered once, where nothing comes to the second question", () => {
    const { answer } = converse(smb, recorded("smb-tcp-smbd").slice(0, 1));
    expect(answer?.fields).toMatchObject({ dialect: "2 or later", signing: "required" });
  });
});

test("a server may want nothing signed, and know no dialect of ours", () => {
  const first = recorded("smb-tcp-smbd")[0] ?? "";
  const { answer } = converse(smb, [first, changed({ 66: [1, 0], 68: [0x22, 0x02], 104: new Array(16).fill(0) })]);
  expect(answer?.fields).toMatchObject({ dialect: "0x222", signing: "enabled" });
  expect(answer?.fields).not.toHaveProperty("time");
  expect(answer?.fields).not.toHaveProperty("encryption");
});

test("an error has its status", () => {
  const { answer } = converse(smb, [changed({ 8: [0xbb, 0, 0, 0xc0] })]);
  expect(answer?.fields).toEqual({ status: "0xc00000bb" });
});

test("a session may be refused", () => {
  expect(converse(smbOverNetbios, [Buffer.of(0x83, 0, 0, 1, 0x82)]).answer?.fields).toEqual({
    refusal: "called name not present",
  });
  expect(converse(smbOverNetbios, [Buffer.of(0, 0, 0, 0)]).foreign).toBe(true);
});

test("what is neither is foreign", () => {
  expect(converse(smb, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(smb, [Buffer.concat([Buffer.of(0, 0, 0, 80), Buffer.alloc(80, "x")])]).foreign).toBe(true);
  // A request is no reply.
  expect(converse(smb, [changed({ 16: [0, 0, 0, 0] })]).foreign).toBe(true);
});

hostileServers(smb, ["smb-tcp-smbd", "smb-tcp-smbd-old"]);
hostileServers(smbOverNetbios, ["smb-netbios-tcp-smbd"]);
