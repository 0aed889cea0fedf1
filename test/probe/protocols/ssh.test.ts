import { describe, expect, test } from "vitest";
import { firstPayload } from "../../../src/probe/protocols/ssh/packet.ts";
import { ssh } from "../../../src/probe/protocols/ssh.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

describe("OpenSSH", () => {
  const { sent, answer, goodbye } = converse(ssh, recorded("ssh-tcp-sshd"));

  test("is known by its banner, without the comments", () => {
    expect(answer?.fields).toMatchObject({ version: "2.0", software: "OpenSSH_9.2p1" });
    expect(answer?.text).toMatch(/^SSH-2\.0-OpenSSH_9\.2p1 Debian-/);
  });

  test("offers algorithms, the same in both directions", () => {
    expect(answer?.fields.hostKeys).toEqual(["ssh-ed25519", "ecdsa-sha2-nistp256"]);
    expect(answer?.fields.keyExchange).toContain("curve25519-sha256");
    expect(answer?.fields.ciphers).toContain("aes256-gcm@openssh.com");
    expect(answer?.fields.macs).toContain("hmac-sha2-256");
    expect(answer?.fields.compression).toEqual(["none", "zlib@openssh.com"]);
    expect(answer?.fields).not.toHaveProperty("ciphersToClient");
  });

  test("hears who asks, and a goodbye that is a whole packet", () => {
    expect(Buffer.from(sent[0] ?? []).toString()).toBe("SSH-2.0-portolan\r\n");
    expect((goodbye?.length ?? 0) % 8).toBe(0);
    const payload = firstPayload(goodbye ?? new Uint8Array());
    expect(payload).toHaveLength(1 + 4 + 4 + "only asking".length + 4);
  });
});

test("lines for people may come before the banner", () => {
  const { answer } = converse(ssh, ["Harbour office\r\nNo entry\r\nSSH-2.0-quay 1\r\n"]);
  expect(answer).toMatchObject({ fields: { software: "quay", comments: "1" }, text: "SSH-2.0-quay 1" });
});

test("a server of version 1 is not waited for", () => {
  const step = conversationOf(ssh).next(Buffer.from("SSH-1.5-old\n"), false);
  expect(step).toEqual({
    answer: { protocol: "ssh", fields: { version: "1.5", software: "old" }, text: "SSH-1.5-old" },
  });
});

test("what is offered in one direction only is told apart", () => {
  const list = (text: string) => Buffer.concat([Buffer.of(0, 0, 0, text.length), Buffer.from(text)]);
  const lists = ["k", "h", "a,b", "c", "m", "m", "", "", "", ""].map(list);
  const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16), ...lists, Buffer.alloc(5)]);
  const packet = Buffer.concat([Buffer.of(0, 0, 0, payload.length + 5, 4), payload, Buffer.alloc(4)]);
  const { answer } = converse(ssh, [Buffer.concat([Buffer.from("SSH-2.0-quay\r\n"), packet])]);
  expect(answer?.fields).toMatchObject({ ciphers: ["a", "b"], ciphersToClient: ["c"], macs: ["m"], compression: [] });
});

test("a server of something else is foreign", () => {
  expect(converse(ssh, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(ssh, ["SSH-\r\n"]).foreign).toBe(true);
});

hostileServers(ssh, ["ssh-tcp-sshd"]);
