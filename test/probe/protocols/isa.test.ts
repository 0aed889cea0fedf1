import { expect, test } from "vitest";
import { isa } from "../../../src/probe/protocols/isa.ts";
import { helloAcknowledged, MSPCLNT } from "../stubs/isa.ts";
import { converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";

const exchange = exchangeOf(isa);
const hello = { protocol: "isa", fields: { reply: "hello", command: "1000", server: "00007919" } };

test("it announces a client", () => {
  const request = Buffer.from(exchange.request);
  expect(request.subarray(0, 8).toString("hex")).toBe("0a00000000010200");
  expect(request.toString("latin1", 24, 28)).toBe("RWSP");
  expect(request.readUInt16BE(36)).toBe(0x0500);
  expect(request.toString("latin1", 220)).toBe("portolan\0\0portolan\0portolan\0");
});

test("a server acknowledges that, over UDP and over TCP", () => {
  expect(exchange.read(helloAcknowledged())).toEqual(hello);
  expect(converse(isa, [helloAcknowledged()]).answer).toEqual(hello);
});

test("a server that hands out its clients' configuration is shown with it", () => {
  const { answer } = converse(isa, [MSPCLNT]);
  expect(answer?.fields).toEqual({
    reply: "Mspclnt.ini",
    settings: { WebProxyPort: "8080", Port: "1745", "Configuration Refresh Time (Hours)": "2" },
  });
  expect(answer?.text?.split("\n")[0]).toBe("10.0.0.0 10.255.255.255");
});

test("others are foreign", () => {
  expect(converse(isa, ["220 harbour\r\n"]).foreign).toBe(true);
  expect(converse(isa, [Buffer.alloc(172)]).foreign).toBe(true);
  expect(exchange.read(Buffer.alloc(172))).toBeUndefined();
});

hostileDatagrams(isa, [helloAcknowledged()]);
hostileServers(isa, [[helloAcknowledged()], [Buffer.from(MSPCLNT)]]);
