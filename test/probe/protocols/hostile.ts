import fc from "fast-check";
import { expect, test } from "vitest";
import type { Conversation, FieldValue, ProbeAnswer, ProbeProtocol } from "../../../src/probe/protocol.ts";
import { conversationOf, exchangeOf, FACTS } from "./converse.ts";
import { recorded } from "./recorded.ts";

/** FUZZ_SECONDS makes each test go on for so long. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 0);
const RUNS: fc.Parameters<unknown> =
  seconds === 0 ? { numRuns: 1009 } : { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 };
const TIMEOUT = (seconds + 60) * 1000;

/** What a terminal obeys or hides. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;
/** No answer is larger as JSON, whatever came; beside that it grows with the bytes that came at most. */
const LARGEST = 200_000;

/** No datagram, close to a known one or far from all, makes the reader of `protocol` throw or give an answer that is no good. */
export function hostileDatagrams(protocol: ProbeProtocol, known: (string | Uint8Array)[]): void {
  test("no datagram brings the reader down", { timeout: TIMEOUT }, () => {
    const exchange = exchangeOf(protocol);
    const seeds = known.flatMap((each) => (typeof each === "string" ? recorded(each) : [each]));
    const property = fc.property(garbled(seeds), (datagram) => expectSound(exchange.read(datagram), datagram.length));
    fc.assert(property, RUNS);
    for (const seed of seeds) {
      for (let end = 0; end < seed.length; end++) expectSound(exchange.read(seed.subarray(0, end)), end);
    }
  });
}

/** No server, close to a known one or far from all, makes a conversation throw, go on for ever, or end in an answer that is no good. */
export function hostileServers(protocol: ProbeProtocol, known: (string | Uint8Array[])[]): void {
  const begin = () => conversationOf(protocol);
  const recordings = known.map((each) => (typeof each === "string" ? recorded(each) : each));

  test("no server brings the conversation down", { timeout: TIMEOUT }, () => {
    const script = fc.oneof(
      ...recordings.map((replies) => fc.tuple(...replies.map((reply) => garbled([reply]))).map((all) => [...all])),
      fc.array(garbled(recordings.flat()), { maxLength: 5 }),
    );
    fc.assert(
      fc.property(script, fc.array(fc.nat(), { maxLength: 5 }), (replies, cuts) => play(begin(), replies, cuts)),
      RUNS,
    );
  });

  test.each([
    ["zeros", Buffer.alloc(1_299_709)],
    ["one line", Buffer.alloc(1_299_709, "x")],
    ["empty lines", Buffer.alloc(1_299_709, "\n")],
    ["escapes", Buffer.alloc(1_299_709, "\x1b[2J")],
    ...recordings.map(([first]): [string, Buffer] => ["its own words", Buffer.alloc(1_299_709, first)]),
  ])("a million bytes of noise (%s) are an end", (_, noise) => {
    const step = begin().next(noise, false);
    expect("more" in step).toBe(false);
    if ("answer" in step) expectSound(step.answer, noise.length);
  });
}

/** Plays the replies in pieces that end at the `cuts`, and then closes. */
function play(conversation: Conversation, replies: Uint8Array[], cuts: number[]): void {
  for (const reply of replies) {
    const lengths = cuts.map((cut) => cut % (reply.length + 1)).sort((a, b) => a - b);
    for (const length of [...lengths, reply.length]) {
      let step = conversation.next(reply.subarray(0, length), false);
      if ("startTls" in step) step = conversation.next(new Uint8Array(), false, FACTS);
      if ("answer" in step) expectSound(step.answer, length);
      if ("answer" in step || "foreign" in step) return;
      if ("send" in step) break;
    }
  }
  const last = conversation.next(replies.at(-1) ?? new Uint8Array(), true);
  if ("answer" in last) expectSound(last.answer, replies.at(-1)?.length ?? 0);
  expect("answer" in last || "foreign" in last).toBe(true);
}

/** Some bytes of a seed overwritten, then cut off, doubled or garbled to its end; or plain noise. */
function garbled(seeds: Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const byte = fc.oneof(fc.constantFrom(0, 1, 2, 0x0a, 0x1b, 0x7f, 0x80, 0xc0, 0xff), fc.nat(255));
  const changes = fc.array(fc.tuple(fc.nat(), byte), { maxLength: 8 });
  const changed = fc.tuple(fc.constantFrom(...seeds), changes, fc.option(fc.nat())).map(([seed, places, cut]) => {
    const copy = Uint8Array.from(seed);
    for (const [at, value] of places) copy[at % copy.length] = value;
    return cut === null ? copy : copy.subarray(0, cut % (copy.length + 1));
  });
  const doubled = fc.tuple(changed, changed).map(([a, b]) => Uint8Array.from([...a, ...b]));
  const noise = fc.uint8Array({ maxLength: 400 });
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 1, arbitrary: doubled },
    { weight: 1, arbitrary: noise },
  );
}

/** An answer of bounded size and depth in which nothing is hidden, or none. */
function expectSound(answer: ProbeAnswer | undefined, received: number): void {
  if (answer === undefined) return;
  expect(JSON.stringify(answer).length).toBeLessThan(LARGEST + 20 * received);
  expect((answer.text ?? "").split("\n").some((line) => HIDDEN.test(line))).toBe(false);
  for (const [name, value] of Object.entries(answer.fields)) expectShown(name, value, 0);
}

function expectShown(name: string, value: FieldValue, depth: number): void {
  expect(depth).toBeLessThan(6);
  expect(HIDDEN.test(name)).toBe(false);
  if (typeof value === "string") expect(HIDDEN.test(value)).toBe(false);
  else if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === "object") {
    for (const [key, part] of Object.entries(value)) expectShown(key, part, depth + 1);
  }
}
