import { describe, expect, test } from "vitest";
import { addressOf, createAddressBook } from "../../../../src/collect/linux/procfs/address-words.ts";
import { type Row, readTable } from "../../../../src/collect/linux/procfs/socket-table.ts";

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const TCP =
  "   1: 0100007F:1B59 0200007F:8926 0A 00000000:00000000 00:00000000 00000000  1000        0 203542 1 000000006017dbbb 100 0 0 10 0\n";
const UDP6 =
  " 8359: 00000000000000000000000001000000:1B5B 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 203544 2 00000000cccbdfa6 0\n";

function read(text: string, digits: 8 | 32 = 8): { rows: Row[]; malformed: number } {
  const rows: Row[] = [];
  const malformed = readTable(text, digits, (row) => rows.push(row));
  return { rows, malformed };
}

describe("a table", () => {
  const row = { local: "0100007F", localPort: 7001, remote: "0200007F", remotePort: 35_110, state: 10, inode: 203_542 };

  test("of version 4", () => expect(read(HEADER + TCP)).toEqual({ rows: [row], malformed: 0 }));

  test("of version 6, with a slot of many digits", () => {
    expect(read(HEADER + UDP6.replace(" 8359", "1048575"), 32)).toMatchObject({
      rows: [{ local: "00000000000000000000000001000000", localPort: 7003, state: 7, inode: 203_544 }],
      malformed: 0,
    });
  });

  test("wide numbers push the inode to the right", () => {
    const wide = TCP.replace(" 1000        0 203542", "4294967294 123456789 4294967295");
    expect(read(HEADER + wide).rows).toEqual([{ ...row, inode: 4_294_967_295 }]);
  });

  test("without a newline at its end", () => expect(read(HEADER + TCP.trimEnd()).rows).toEqual([row]));

  test.each(["", HEADER, HEADER.trimEnd()])("without rows: %j", (text) => {
    expect(read(text)).toEqual({ rows: [], malformed: 0 });
  });

  test("garbled lines are counted and take no other line with them", () => {
    const garbled = [
      "\n",
      "garbage\n",
      "   1: \n",
      TCP.replace(":1B59", ":1BZ9"),
      TCP.replace("0A ", "G1 "),
      TCP.replace("203542", "20x542"),
      TCP.replace("0100007F", "100007F"),
      `${TCP.slice(0, 80)}\n`,
      TCP.replace("203542 1 000000006017dbbb 100 0 0 10 0", ""),
    ];
    for (const line of garbled)
      expect(read(HEADER + TCP + line + TCP), line).toEqual({ rows: [row, row], malformed: 1 });
  });

  test("cut off anywhere, all whole lines before the cut are read", () => {
    const text = HEADER + TCP + TCP;
    for (let end = HEADER.length + TCP.length; end < text.length; end++) {
      const { rows } = read(text.slice(0, end));
      expect(rows[0]).toEqual(row);
      expect(rows.length).toBeLessThanOrEqual(2);
    }
  });

  test("read as the other version is no row", () => {
    expect(read(HEADER + TCP, 32)).toEqual({ rows: [], malformed: 1 });
    expect(read(HEADER + UDP6, 8)).toEqual({ rows: [], malformed: 1 });
  });
});

describe("an address", () => {
  test.each([
    ["0100007F", "127.0.0.1", "1.0.0.127"],
    ["00000000", "0.0.0.0", "0.0.0.0"],
    ["000080FE000000000000000017000000", "fe80::17", "0:80fe::1700:0"],
    ["0000000000000000FFFF00000100007F", "::ffff:127.0.0.1", "::ffff:0:100:7f"],
    ["B80D01200000000000000000010000FF", "2001:db8::ff00:1", "b80d:120::100:ff"],
  ])("%s is kept as the host orders bytes", (words, little, big) => {
    expect(addressOf(words, true)).toBe(little);
    expect(addressOf(words, false)).toBe(big);
  });
  test("of a big-endian host", () => expect(addressOf("7F000001", false)).toBe("127.0.0.1"));
  test.each(["", "0100007", "0100007G", "0100 07F", "01000 07F00"])("%j is none", (words) => {
    expect(addressOf(words, true)).toBeUndefined();
    const book = createAddressBook(true);
    expect([book(words), book(words)]).toEqual([undefined, undefined]);
  });
});
