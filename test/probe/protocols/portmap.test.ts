import { expect, test } from "vitest";
import { portmap } from "../../../src/probe/protocols/portmap.ts";
import { conversationOf, converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

/** A reply to our call of these numbers. */
function reply(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes.writeUInt32BE(0x01020304);
  words.forEach((word, at) => void bytes.writeUInt32BE(word, 4 + 4 * at));
  return bytes;
}

function read(datagram: Uint8Array) {
  return exchangeOf(portmap).read(datagram)?.fields;
}

/** An accepted call, before what came of it. */
const ACCEPTED = [1, 0, 0, 0];

test("a list is asked for, without any credentials", () => {
  const call = `010203040000000000000002000186a00000000200000004${"00".repeat(16)}`;
  expect(Buffer.from(exchangeOf(portmap).request).toString("hex")).toBe(call);
  expect(Buffer.from(conversationOf(portmap).first ?? []).toString("hex")).toBe(`80000028${call}`);
});

test("rpcbind lists itself over UDP and over TCP", () => {
  const [datagram = new Uint8Array()] = recorded("portmap-udp-rpcbind");
  const told = { programCount: 2 };
  expect(read(datagram)).toMatchObject(told);
  expect(read(datagram)?.programs).toContainEqual({
    ...{ program: 100_000, name: "portmapper", versions: [2, 3, 4], protocol: "udp", port: 111 },
  });
  expect(converse(portmap, recorded("portmap-tcp-rpcbind")).answer?.fields).toMatchObject(told);
});

test("a program without a name has its number, and so has a protocol", () => {
  expect(read(reply(...ACCEPTED, 0, 1, 400_009, 7, 132, 1009, 0))).toEqual({
    programs: [{ program: 400_009, versions: [7], protocol: "protocol 132", port: 1009 }],
    programCount: 1,
  });
});

test("programs beyond a number are counted", () => {
  const entries = Array.from({ length: 257 }, (_, i) => [1, i, 1, 6, 7]).flat();
  const fields = read(reply(...ACCEPTED, 0, ...entries, 0));
  expect(fields?.programs).toHaveLength(256);
  expect(fields?.programCount).toBe(257);
});

test("a refusal is an answer", () => {
  expect(read(reply(1, 1, 0, 2, 2))).toEqual({ refused: "not allowed" });
  expect(read(reply(...ACCEPTED, 1))).toEqual({ refused: "program not available" });
  expect(read(reply(...ACCEPTED, 9))).toEqual({ refused: "status 9" });
});

test("a reply may come in fragments, and the last may be cut off", () => {
  const whole = reply(...ACCEPTED, 0, 1, 100_003, 4, 6, 2049, 0);
  const [first, second] = [whole.subarray(0, 20), whole.subarray(20)];
  const fragments = [Buffer.of(0, 0, 0, 20), first, Buffer.of(0x80, 0, 0, second.length), second];
  const nfs = { programs: [{ program: 100_003, name: "nfs", versions: [4], protocol: "tcp", port: 2049 }] };
  expect(converse(portmap, [Buffer.concat(fragments)]).answer?.fields).toMatchObject(nfs);
  expect(converse(portmap, [Buffer.concat(fragments).subarray(0, -4)]).answer?.fields).toMatchObject(nfs);
});

test("what answers somebody else, and another protocol, is foreign", () => {
  expect(read(reply(0, 0))).toBeUndefined();
  expect(read(reply(...ACCEPTED, 0, 0).fill(9, 0, 1))).toBeUndefined();
  expect(converse(portmap, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(portmap, ["portmap-udp-rpcbind"]);
hostileServers(portmap, ["portmap-tcp-rpcbind"]);
