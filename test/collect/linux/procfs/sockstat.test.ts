import { expect, test } from "vitest";
import { emptyTables } from "../../../../src/collect/linux/procfs/sockstat.ts";

const four = (inuse: number, tw: number) =>
  `sockets: used 13\nTCP: inuse ${inuse} orphan 0 tw ${tw} alloc 9 mem 1\nUDP: inuse 0\n`;
const six = (inuse: number) => `TCP6: inuse ${inuse}\nUDP6: inuse 3\n`;

test.each([
  ["nothing at all", four(0, 0), six(0), { tcp: true, tcp6: true }],
  ["version 4 alone", four(1, 0), six(0), { tcp: false, tcp6: true }],
  ["version 6 alone: its listeners take version 4 too", four(0, 0), six(1), { tcp: false, tcp6: false }],
  ["TIME_WAIT of either", four(0, 1), six(0), { tcp: false, tcp6: false }],
  ["unknown", "", "", { tcp: false, tcp6: false }],
  ["a machine without version 6", four(0, 0), "", { tcp: false, tcp6: false }],
  ["garbled", "TCP: inuse x orphan 0 tw y\n", "TCP6: inuse\n", { tcp: false, tcp6: false }],
])("%s", (_name, text4, text6, expected) => {
  expect(emptyTables(text4, text6)).toEqual(expected);
});
