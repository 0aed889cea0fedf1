// There is no MongoDB among Debian's packages: the replies follow the published specification.
import { describe, expect, test } from "vitest";
import { mongodb } from "../../../src/probe/protocols/mongodb.ts";
import { bson, opMsg, opReply } from "../stubs/mongod.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";

const HELLO = bson({
  ...{ ismaster: true, topologyVersion: { counter: 7n }, hosts: ["quay.test:27017", 7], setName: "harbour" },
  ...{ me: "quay.test:27017", localTime: new Date("2026-01-02T03:04:05.678Z"), maxWireVersion: 21, minWireVersion: 0 },
  ...{ readOnly: false, load: 0.5, nothing: null, ok: 1 },
});
const BUILD = bson({ version: "7.0.5", modules: ["enterprise"], ok: 1 });

const TOLD = {
  ...{ writablePrimary: true, hosts: ["quay.test:27017"], replicaSet: "harbour", me: "quay.test:27017" },
  ...{ time: "2026-01-02T03:04:05.678Z", maxWireVersion: 21, minWireVersion: 0, readOnly: false },
};

describe("a server", () => {
  test("is greeted as by every driver, and then tells its version", () => {
    const { sent, answer } = converse(mongodb, [opReply(HELLO), opMsg(BUILD)]);
    expect(answer).toEqual({ protocol: "mongodb", fields: { ...TOLD, version: "7.0.5" } });
    const [first, second] = sent.map((each) => Buffer.from(each));
    expect([first?.readUInt32LE(), first?.readUInt32LE(12)]).toEqual([first?.length, 2004]);
    expect(first?.includes(bson({ isMaster: 1 }))).toBe(true);
    expect([second?.readUInt32LE(), second?.readUInt32LE(12)]).toEqual([second?.length, 2013]);
    expect(second?.includes(bson({ buildInfo: 1, $db: "admin" }))).toBe(true);
  });

  test("may keep its version to itself", () => {
    const error = "command buildInfo requires authentication";
    expect(converse(mongodb, [opReply(HELLO), opMsg(bson({ ok: 0, errmsg: error }))]).answer?.fields).toEqual({
      ...{ ...TOLD, error },
    });
    expect(converse(mongodb, [opReply(HELLO)]).answer?.fields).toEqual(TOLD);
    expect(converse(mongodb, [opReply(HELLO), "noise of any kind"]).answer?.fields).toEqual(TOLD);
  });

  test("of before 3.6 is not asked for it", () => {
    const { sent, answer } = converse(mongodb, [opReply(bson({ ismaster: false, maxWireVersion: 5 }))]);
    expect(answer?.fields).toEqual({ writablePrimary: false, maxWireVersion: 5 });
    expect(sent).toHaveLength(1);
  });

  test("that refuses says why", () => {
    expect(converse(mongodb, [opReply(bson({ ok: 0, errmsg: "no" }))]).answer?.fields).toEqual({ error: "no" });
  });
});

test("a time that is none is left out", () => {
  const never = bson({ ismaster: true, localTime: 2n ** 62n });
  never[never.indexOf("localTime") - 1] = 0x09;
  expect(converse(mongodb, [opReply(never)]).answer?.fields).toEqual({ writablePrimary: true });
});

test("documents in documents have an end", () => {
  let deep = bson({ ismaster: true });
  for (let i = 0; i < 23; i++) {
    const inside = Buffer.concat([Buffer.of(3), Buffer.from("x\0"), deep, Buffer.of(0)]);
    deep = Buffer.concat([Buffer.of(inside.length + 4, (inside.length + 4) >> 8, 0, 0), inside]);
  }
  expect(converse(mongodb, [opReply(deep)]).foreign).toBe(true);
});

test("another protocol is foreign", () => {
  expect(converse(mongodb, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(mongodb, [opReply(Buffer.of(3, 0, 0, 0))]).foreign).toBe(true);
});

hostileServers(mongodb, [[opReply(HELLO), opMsg(BUILD)]]);
