import { describe, expect, test } from "vitest";
import { rdp } from "../../../src/probe/protocols/rdp.ts";
import { conversationOf, converse, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

/** A confirmation with these 8 bytes of negotiation, or none. */
function confirmation(...negotiation: number[]): Buffer {
  const rest = [0xd0, 0, 0, 0x12, 0x34, 0, ...negotiation];
  return Buffer.from([3, 0, 0, 5 + rest.length, rest.length, ...rest]);
}

test("TLS and CredSSP are offered", () => {
  const first = Buffer.from(conversationOf(rdp).first ?? []).toString("hex");
  expect(first).toBe("030000130ee000000000000100080" + "00b000000");
});

describe("xrdp", () => {
  test("chooses TLS, and its handshake is part of the answer", () => {
    expect(converse(rdp, recorded("rdp-tcp-xrdp")).answer?.fields).toEqual({
      ...{ security: "TLS", networkLevelAuthentication: false, abilities: ["extended client data"] },
      tls: FACTS,
    });
  });

  test("has answered where the handshake comes to nothing", () => {
    const conversation = conversationOf(rdp);
    expect(conversation.next(recorded("rdp-tcp-xrdp")[0] ?? new Uint8Array(), false)).toEqual({ startTls: true });
    expect(conversation.next(new Uint8Array(), true)).toMatchObject({ answer: { fields: { security: "TLS" } } });
  });
});

test("a server may want to know first who comes", () => {
  const { answer } = converse(rdp, [confirmation(2, 0x1f, 8, 0, 8, 0, 0, 0)]);
  expect(answer?.fields).toMatchObject({
    ...{ security: "CredSSP with early authorization", networkLevelAuthentication: true },
    abilities: ["extended client data", "graphics pipeline", "restricted administration", "redirected authentication"],
  });
});

test("no agreement, and no negotiation at all, are answers", () => {
  expect(converse(rdp, [confirmation(3, 0, 8, 0, 6, 0, 0, 0)]).answer?.fields).toEqual({
    failure: "TLS with a client certificate required",
  });
  expect(converse(rdp, [confirmation()]).answer?.fields).toEqual({
    security: "RDP",
    networkLevelAuthentication: false,
  });
  expect(converse(rdp, [confirmation(2, 0, 8, 0, 0, 0, 0, 0)]).answer?.fields).toMatchObject({ security: "RDP" });
});

test("what is no confirmation is foreign", () => {
  expect(converse(rdp, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(rdp, [confirmation(9, 0, 8, 0, 0, 0, 0, 0)]).foreign).toBe(true);
  expect(converse(rdp, [Buffer.from([3, 0, 0, 11, 6, 0x80, 0, 0, 0, 0, 0])]).foreign).toBe(true);
});

hostileServers(rdp, ["rdp-tcp-xrdp", [confirmation(3, 0, 8, 0, 5, 0, 0, 0)]]);
