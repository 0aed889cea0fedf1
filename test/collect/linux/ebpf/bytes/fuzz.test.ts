import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAnswer } from "../../../../../src/collect/linux/ebpf/assemble/dns.ts";
import { callersOf } from "../../../../../src/collect/linux/ebpf/callers.ts";
import { UDP_KEY, UDP_VALUE } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { eachRecord } from "../../../../../src/collect/linux/ebpf/ring.ts";
import type { Endpoint } from "../../../../../src/model/endpoint.ts";
import type { CollectorEvent } from "../../../../../src/model/event.ts";
import { answer, nameBytes, TYPE } from "../../../../live/programs/dns-message.ts";
import { commandLine, cookieRecord, dnsRecord, execRecord, failedRecord, socketRecord, taskRecord } from "./record.ts";
import { ringBytes, Scene } from "./scene.ts";
import { entries } from "./udp-entries.ts";

/** FUZZ_SECONDS makes each test go on for so long instead of a second. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 1);
const RUNS = {
  interruptAfterTimeLimit: seconds * 1000,
  numRuns: Number.MAX_SAFE_INTEGER,
  markInterruptAsFailure: false,
};
const TIMEOUT = (seconds + 20) * 1000;

const local = { address: "192.0.2.10", port: 80 };
const remote = { address: "fe80::1", port: 443 };
const who = { pid: 100, started: 3_000_000_000, at: 4_000_000_000 };
const MESSAGE = answer({ id: 7, name: "www.harbour.test", type: TYPE.A }, [
  { name: "www.harbour.test", type: TYPE.CNAME, data: nameBytes("edge.harbour.test") },
  { name: "edge.harbour.test", type: TYPE.A, data: Buffer.from([192, 0, 2, 23]) },
  { name: "edge.harbour.test", type: TYPE.AAAA, data: Buffer.from("20010db8000000000000000000000001", "hex") },
]);
const RECORDS = [
  socketRecord("RECORD_LISTEN", { ...who, local, portChosen: 1, stack: 3 }),
  socketRecord("RECORD_LISTEN", { ...who, local, protocol: "udp", portChosen: 2 }),
  socketRecord("RECORD_UNLISTEN", { ...who, local }),
  socketRecord("RECORD_FLOW", { ...who, local, remote, inbound: true, ended: true, bytesIn: 23 }),
  socketRecord("RECORD_FLOW", { ...who, local, remote, established: false, ended: true }),
  cookieRecord("RECORD_ACCEPT", { ...who, cookie: 1n }),
  cookieRecord("RECORD_UDP_CLOSE", { ...who, cookie: 1n }),
  failedRecord("RECORD_BIND_FAILED", { ...who, asked: local, error: 98 }),
  failedRecord("RECORD_CONNECT_FAILED", { ...who, asked: remote, error: 111, cookie: 1n }),
  dnsRecord(MESSAGE, who),
  execRecord({ ...who, path: "/usr/bin/curl", comm: "curl", line: commandLine("curl", "-s") }),
  taskRecord("RECORD_FORK", { ...who, pid: 101, parent: 100 }),
  taskRecord("RECORD_EXIT", { ...who, comm: "curl" }),
];

/** Some bytes of `whole` overwritten, then perhaps cut off or garbled to its end. */
function garbled(whole: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 2, 63, 0x80, 0xc0, 0xff), fc.nat(255))), {
    maxLength: 8,
  });
  return fc.tuple(whole, changes, fc.option(fc.nat())).map(([bytes, places, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of places) if (copy.length > 0) copy[at % copy.length] = value;
    return cut === null ? copy : copy.subarray(0, cut % (copy.length + 1));
  });
}
const noise = fc.uint8Array({ maxLength: 400 });
const record = fc.oneof(
  { weight: 4, arbitrary: garbled(fc.constantFrom(...RECORDS)) },
  { weight: 2, arbitrary: fc.constantFrom(...RECORDS) },
  { weight: 1, arbitrary: noise },
);
const ring = fc.oneof(
  { weight: 5, arbitrary: fc.array(record, { maxLength: 12 }).map((records) => ringBytes(...records)) },
  { weight: 1, arbitrary: garbled(fc.constant(ringBytes(...RECORDS))) },
  { weight: 1, arbitrary: noise },
);
const exchange = fc.record({ cookie: fc.constantFrom(1n, 2n), inbound: fc.boolean(), bytesIn: fc.nat(99) });
const peers = fc
  .array(exchange, { maxLength: 5 })
  .map((all) => entries(...all.map((one, i) => ({ ...one, local, peer: { ...remote, port: i } }))));
const garbledPeers = fc.nat(5).chain((count) => {
  const bytes = (size: number) => fc.uint8Array({ minLength: count * size, maxLength: count * size });
  return fc.record({ keys: bytes(UDP_KEY.size), values: bytes(UDP_VALUE.size) });
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ring }) },
  {
    weight: 2,
    arbitrary: fc.record({
      flows: fc.array(garbled(fc.constantFrom(...RECORDS.slice(0, 5))), { maxLength: 4 }),
      udp: fc.oneof(peers, garbledPeers),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ pid: fc.nat(200), stack: fc.nat(5), callers: fc.array(fc.string(), { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ seed: record }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function play(scene: Scene, one: Step): void {
  if ("ring" in one) scene.take(one.ring);
  else if ("flows" in one) scene.sweep({ ...one, flushed: 1 });
  else if ("callers" in one) scene.callers(one.pid, one.stack, one.callers);
  else scene.seed(one.seed);
}

function expectPort(endpoint: Endpoint | undefined): void {
  if (!endpoint) return;
  expect(Number.isInteger(endpoint.port) && endpoint.port >= 0 && endpoint.port <= 65_535).toBe(true);
  expect(endpoint.address).toMatch(/^[0-9a-f.:]+(%eth0)?$/);
}

/** Every number of `value`, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function expectSound(event: CollectorEvent): void {
  expect(numbersIn(event).filter((number) => !Number.isFinite(number))).toEqual([]);
  if ("local" in event) expectPort(event.local);
  if ("remote" in event) expectPort(event.remote);
  if (event.kind !== "flow") return;
  expect(event.begun && event.failed !== undefined).toBe(false);
  if (event.failed !== undefined) expect(event.ended).toBe(true);
  if (event.evidence.source === "ambiguous") expect(event.process).toBeUndefined();
}

test("no bytes make the assembler throw, or tell what cannot be", { timeout: TIMEOUT }, () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const scene = new Scene();
      for (const one of steps) play(scene, one);
      scene.settle();
      for (const event of scene.events) expectSound(event);
      // A record tells a process, its owner and itself at most; nothing multiplies.
      expect(scene.events.length).toBeLessThan(8 * 100);
    }),
    RUNS,
  );
});

test("the walk over a batch ends, in order, within its bytes", { timeout: TIMEOUT }, () => {
  fc.assert(
    fc.property(ring, (bytes) => {
      let end = 0;
      eachRecord(bytes, (at, length) => {
        expect(at).toBeGreaterThanOrEqual(end + 8);
        end = at + length;
        expect(end).toBeLessThanOrEqual(bytes.length);
      });
    }),
    RUNS,
  );
});

test("a DNS answer is a short printable name and whole addresses, or none", { timeout: TIMEOUT }, () => {
  fc.assert(
    fc.property(fc.oneof(garbled(fc.constant(MESSAGE)), noise, pointers()), (bytes) => {
      const found = parseAnswer(bytes);
      if (!found) return;
      expect(found.name).toMatch(/^[!-~]+$/);
      expect(found.name.replaceAll(/\\\d{3}/g, "x").length).toBeLessThanOrEqual(253);
      expect(found.addresses.length).toBeGreaterThan(0);
      expect(found.addresses.length).toBeLessThanOrEqual(bytes.length / 15);
      for (const address of found.addresses) expectPort({ address, port: 0 });
    }),
    RUNS,
  );
});

/** Messages that consist of little but labels and pointers. */
function pointers(): fc.Arbitrary<Uint8Array> {
  const byte = fc.constantFrom(0, 1, 4, 12, 13, 14, 20, 40, 63, 0xc0, 0xc1);
  return fc
    .array(byte, { maxLength: 512 })
    .map((body) => Uint8Array.from([0, 7, 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, ...body]));
}

const MAPS = `55d0c0a02000-55d0c0a80000 r-xp 00002000 fe:01 1441                       /usr/sbin/nginx
7f1111000000-7f1111100000 r-xp 00026000 fe:01 99                         /usr/lib/libc.so.6
`;

test("callers are modules with offsets, never more of them than addresses", { timeout: TIMEOUT }, () => {
  const address = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(0x55d0c0a02abcn, 0x7f1111000010n));
  const text = garbled(fc.constant(Buffer.from(MAPS))).map((bytes) => Buffer.from(bytes).toString("latin1"));
  fc.assert(
    fc.property(fc.array(address, { maxLength: 32 }), fc.oneof(text, fc.string({ unit: "binary" })), (some, maps) => {
      const callers = callersOf(some, maps);
      expect(callers.length).toBeLessThanOrEqual(some.length);
      for (const caller of callers) expect(caller).toMatch(/\+0x[0-9a-f]+$/);
    }),
    RUNS,
  );
});
