import fc from "fast-check";
import { expect, test } from "vitest";
import { parseBootTime } from "../../../../src/collect/linux/owners/boot-time.ts";
import { parseMembership } from "../../../../src/collect/linux/owners/cgroup.ts";
import { parseCommandLine } from "../../../../src/collect/linux/owners/command-line.ts";
import { parseModules } from "../../../../src/collect/linux/owners/modules.ts";
import { parseStat } from "../../../../src/collect/linux/owners/stat.ts";
import { parseUid } from "../../../../src/collect/linux/owners/status.ts";
import { parseUsers } from "../../../../src/collect/linux/owners/users.ts";
import { addressOf } from "../../../../src/collect/linux/procfs/address-words.ts";
import { parseInterfaces } from "../../../../src/collect/linux/procfs/link-local.ts";
import { type Row, readTable } from "../../../../src/collect/linux/procfs/socket-table.ts";
import { emptyTables } from "../../../../src/collect/linux/procfs/sockstat.ts";
import { readWorld } from "../../../worlds/world.ts";

const samples = Object.values(readWorld("harbour").files);

/** Texts of the recorded world with a piece cut out, doubled or overwritten, and texts that were never one. */
const garbled = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .tuple(fc.constantFrom(...samples), fc.nat(2_000), fc.nat(200), fc.string({ unit: "binary", maxLength: 20 }))
    .map(([text, at, length, middle]) => text.slice(0, at) + middle + text.slice(at + length)),
);
const RUNS = { numRuns: 300 };

test("no decoder throws, whatever it is given", () => {
  const decoders = [
    parseBootTime,
    parseMembership,
    parseCommandLine,
    parseModules,
    parseStat,
    parseUid,
    parseUsers,
    parseInterfaces,
    (text: string) => addressOf(text, true),
    (text: string) => emptyTables(text, text),
  ];
  fc.assert(
    fc.property(garbled, (text) => {
      for (const decode of decoders) expect(() => decode(text)).not.toThrow();
    }),
    RUNS,
  );
});

test("a table gives rows with numbers in their range, or none, and loses no line without counting it", () => {
  fc.assert(
    fc.property(garbled, fc.constantFrom<8 | 32>(8, 32), (text, digits) => {
      const rows: Row[] = [];
      const malformed = readTable(text, digits, (row) => rows.push(row));
      const body = text.slice(text.indexOf("\n") + 1 || text.length);
      const lines = body === "" ? 0 : body.split("\n").length - (body.endsWith("\n") ? 1 : 0);
      expect(rows.length + malformed).toBe(lines);
      for (const row of rows) {
        for (const port of [row.localPort, row.remotePort]) expect(port >= 0 && port <= 65_535).toBe(true);
        expect(row.state >= 0 && row.state <= 255 && Number.isSafeInteger(row.inode) && row.inode >= 0).toBe(true);
        expect(row.local).toHaveLength(digits);
      }
    }),
    RUNS,
  );
});
