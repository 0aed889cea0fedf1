import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipv4Text, ipv6Text } from "../../../src/model/address.ts";
import { addressBlock, inBlock } from "../../../src/model/address-block.ts";
import type { Usage } from "../../../src/model/record.ts";
import type { Engine } from "../store.ts";
import { batchOf, CURL, flow, MINUTE, recorded } from "./sample.ts";

const address = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => ipv4Text(bytes, 0)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => ipv6Text(bytes, 0)),
  fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => `::ffff:${ipv4Text(bytes, 0)}`),
  fc.tuple(fc.constantFrom("fe80::1", "fe80::2"), fc.constantFrom("eth0", "br-0")).map((parts) => parts.join("%")),
);

/** Addresses come back as they were given, and blocks of them are found. */
export function addressContract(engine: Engine): void {
  describe("addresses", () => {
    test("blocks find what lies in them", { timeout: 60_000 }, async () => {
      const blocks = fc.array(fc.tuple(fc.nat(), fc.nat(128)), { minLength: 5, maxLength: 11 });
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(address, { minLength: 1, maxLength: 23 }), blocks, async (addresses, picks) => {
          await recorded(engine, [batchOf(MINUTE, addresses.map(connection))], async (reader) => {
            const peers = async (peer: string) => (await reader.usages({ peer })).map((answer) => answer.peer).sort();
            for (const each of addresses) {
              const block = addressBlock(each);
              const same = (other: string) => (each.includes("%") ? other === each : block && inBlock(other, block));
              expect(await peers(each)).toEqual(addresses.filter(same).sort());
            }
            for (const [index, prefix] of picks) {
              const block = blockAround(addresses[index % addresses.length] ?? "", prefix);
              const inside = addresses.filter((each) => inBlock(each, block)).sort();
              expect((await reader.usages({ peer: block })).map(({ peer }) => peer).sort()).toEqual(inside);
            }
          });
        }),
        { numRuns: 23 },
      );
    });

    test("any spelling of an address finds it, and one that is none comes back", async () => {
      const flows = ["2001:db8::1", "::ffff:192.0.2.1", "fe80::1%eth0", "no address"].map(connection);
      await recorded(engine, [batchOf(MINUTE, flows)], async (reader) => {
        const peers = async (peer: string) => (await reader.usages({ peer })).map((answer) => answer.peer);
        expect(await peers("2001:0DB8:0:0::1")).toEqual(["2001:db8::1"]);
        expect(await peers("192.0.2.1")).toEqual(["::ffff:192.0.2.1"]);
        expect(await peers("192.0.2.0/24")).toEqual(["::ffff:192.0.2.1"]);
        expect(await peers("fe80::1")).toEqual(["fe80::1%eth0"]);
        expect(await peers("fe80::1%eth1")).toEqual([]);
        expect(await peers("no address")).toEqual(["no address"]);
      });
    });
  });
}

function connection(peer: string, index: number) {
  const usage: Usage = { ...CURL, peer };
  return { ...flow(usage, index * 10, 5), flow: peer };
}

function blockAround(text: string, prefix: number) {
  const block = addressBlock(text.split("%")[0] ?? "");
  if (block === undefined) throw new Error(`${text} is no address`);
  return { ...block, prefix: Math.min(prefix, block.prefix) };
}
