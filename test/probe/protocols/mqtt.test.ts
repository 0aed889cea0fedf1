import { describe, expect, test } from "vitest";
import { mqtt, mqtts } from "../../../src/probe/protocols/mqtt.ts";
import { conversationOf, converse, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

describe("Mosquitto", () => {
  test("lets a stranger in, and tells its version", () => {
    const { sent, answer, goodbye } = converse(mqtt, recorded("mqtt-tcp-mosquitto"));
    expect(answer?.fields).toEqual({
      ...{ accepted: true, code: 0, meaning: "accepted", broker: "mosquitto version 2.0.11" },
    });
    expect(Buffer.from(goodbye ?? []).toString("hex")).toBe("e000");
    // Version 3.1.1, a clean session, a name of 22 letters and digits.
    expect(Buffer.from(sent[0] ?? []).toString("hex")).toBe(
      `1022${"00044d515454"}${"04"}${"02"}${"003c"}0016${Buffer.from("portolan01020304050607").toString("hex")}`,
    );
  });

  test("does not let a stranger in", () => {
    const { sent, answer } = converse(mqtt, recorded("mqtt-tcp-mosquitto-refusing"));
    expect(answer?.fields).toEqual({ accepted: false, code: 5, meaning: "not authorized" });
    expect(sent).toHaveLength(1);
  });
});

test("a broker that keeps nothing under that topic is an answer too", () => {
  const { answer } = converse(mqtt, [Buffer.of(0x20, 2, 0, 0), Buffer.of(0x90, 3, 0, 1, 0x80, 0xd0, 0)]);
  expect(answer?.fields).toEqual({ accepted: true, code: 0, meaning: "accepted" });
  expect(converse(mqtt, [Buffer.of(0x20, 2, 0, 0)]).answer?.fields.accepted).toBe(true);
});

test("what is delivered surely has a number before it", () => {
  const message = Buffer.concat([Buffer.of(0x33, 9, 0, 1, 0x74, 0, 7), Buffer.from("quay"), Buffer.of(0xd0, 0)]);
  expect(converse(mqtt, [Buffer.of(0x20, 2, 0, 0), message]).answer?.fields.broker).toBe("quay");
});

test("a broker of version 5 alone refuses in its own words", () => {
  const { answer } = converse(mqtt, [Buffer.of(0x20, 3, 0, 0x84, 0)]);
  expect(answer?.fields).toEqual({ accepted: false, code: 0x84, meaning: "unsupported protocol version" });
});

test("what the handshake told comes along", () => {
  const step = conversationOf(mqtts).next(Buffer.of(0x20, 2, 0, 5), false, FACTS);
  expect(step).toMatchObject({ answer: { protocol: "mqtt", fields: { tls: FACTS } } });
});

test("what is no acknowledgement is foreign", () => {
  expect(converse(mqtt, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(mqtt, [Buffer.of(0x20, 1, 0)]).foreign).toBe(true);
});

hostileServers(mqtt, ["mqtt-tcp-mosquitto", "mqtt-tcp-mosquitto-refusing"]);
