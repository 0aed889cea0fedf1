import fc from "fast-check";
import { expect, it } from "vitest";
import { manifestFromProfile } from "../../../src/formats/manifest/from-profile.ts";
import { mergeManifest } from "../../../src/formats/manifest/merge.ts";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import { coversConnect, coversListen } from "../../../src/model/manifest-cover.ts";
import { Problem } from "../../../src/model/problem.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { profileWith, seenConnect, seenListen } from "./profiles.ts";

const RESOLVERS = ["192.0.2.53"];
const RUNS = { numRuns: 150 };

// Few ports and addresses, so that rows meet; names as a hostile DNS server may give them.
const port = fc.oneof(fc.constantFrom(53, 80, 443, 8080), fc.integer({ min: 1, max: 65535 }));
const protocol = fc.constantFrom("tcp" as const, "udp" as const);
const address = fc.oneof(
  fc.constantFrom("0.0.0.0", "::", "127.0.0.1", "::1", "192.0.2.53", "fe80::1%eth0", "::ffff:10.0.0.1"),
  fc.ipV4(),
  fc.ipV6(),
);
const name = fc.option(
  fc.oneof(fc.domain(), fc.constantFrom("any", "*.example", "10.0.0.0/8", "a b"), fc.string({ unit: "binary" })),
  {
    nil: undefined,
  },
);
const listen = fc
  .record({ port, address, protocol, portChosenBy: fc.constantFrom("application" as const, "system" as const) })
  .map(seenListen);
const connect = fc
  .record({ port, address, protocol, name })
  .map(({ name, ...rest }) => seenConnect(name === undefined ? rest : { ...rest, name }));
const profile: fc.Arbitrary<Profile> = fc
  .record({
    application: fc.string({ unit: "binary", minLength: 1 }).filter((text) => text.trim() !== ""),
    listens: fc.array(listen, { maxLength: 20 }),
    connects: fc.array(connect, { maxLength: 20 }),
  })
  .map(profileWith);

function states(text: string, seen: Profile): boolean {
  const { listens, connects } = parseManifest(text, "m.yaml");
  return (
    seen.listens.every((row) => listens.some((line) => coversListen(line, row))) &&
    seen.connects.every((row) => connects.some((line) => coversConnect(line, row, RESOLVERS)))
  );
}

it("states everything that was seen", () => {
  fc.assert(
    fc.property(profile, (seen) => {
      const text = manifestFromProfile(seen, RESOLVERS);
      expect(states(text, seen)).toBe(true);
      expect(parseManifest(text, "m.yaml").application).toBe(seen.application);
    }),
    RUNS,
  );
});

it("merges twice as once", () => {
  fc.assert(
    fc.property(profile, profile, (first, second) => {
      const once = mergeManifest(manifestFromProfile(first, RESOLVERS), "m.yaml", second, RESOLVERS);
      expect(mergeManifest(once, "m.yaml", second, RESOLVERS)).toBe(once);
      expect(states(once, first) && states(once, second)).toBe(true);
    }),
    RUNS,
  );
});

it("removes no line when it merges", () => {
  fc.assert(
    fc.property(profile, profile, (first, second) => {
      const before = manifestFromProfile(first, RESOLVERS);
      const after = mergeManifest(before, "m.yaml", second, RESOLVERS).split("\n");
      const kept = before.split("\n").filter((line) => !line.endsWith(": []"));
      expect(kept.filter((line) => !after.includes(line))).toEqual([]);
    }),
    RUNS,
  );
});

it("reads any text or says what is wrong with it", () => {
  const pieces = fc.constantFrom(
    "schema: portolan.manifest/1\n",
    "application: x\n",
    "listens:\n",
    "  - ",
    "{ ",
    "port: 80",
    ", ",
    "[",
    "]",
    "}\n",
    "&a",
    "*a",
    "? ",
    "|\n",
    "\t",
    "'",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces, { maxLength: 30 }).map((all) => all.join("")),
      ),
      (text) => {
        try {
          parseManifest(text, "m.yaml");
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect(String(error)).toMatch(/m\.yaml:\d+:\d+: /);
        }
      },
    ),
    { numRuns: 500 },
  );
});
