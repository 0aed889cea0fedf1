import { expect, test } from "vitest";
import { callersOf } from "../../../../../src/collect/linux/ebpf/callers.ts";

const MAPS = `55d0c0a00000-55d0c0a02000 r--p 00000000 fe:01 1441                       /usr/sbin/nginx
55d0c0a02000-55d0c0a80000 r-xp 00002000 fe:01 1441                       /usr/sbin/nginx
55d0c1000000-55d0c1021000 rw-p 00000000 00:00 0                          [heap]
7f0000000000-7f0000001000 r-xp 00000000 00:00 0
7f1111000000-7f1111100000 r-xp 00026000 fe:01 99                         /usr/lib/x86_64-linux-gnu/libc.so.6
7f2222000000-7f2222001000 r-xp 00000000 fe:01 7                          /opt/my app/plug in.so (deleted)
7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
`;

test("an address is told as its module and its offset in that file, nearest first", () => {
  expect(callersOf([0x7f1111000010n, 0x55d0c0a02abcn], MAPS)).toEqual(["libc.so.6+0x26010", "nginx+0x2abc"]);
});

test("a region holds its first address and not the one behind its last", () => {
  expect(callersOf([0x55d0c0a02000n, 0x55d0c0a7ffffn, 0x55d0c0a80000n], MAPS)).toEqual([
    "nginx+0x2000",
    "nginx+0x7ffff",
  ]);
});

test("what lies in no executable file is no caller", () => {
  const nowhere = [0n, 0x55d0c0a00010n, 0x55d0c1000010n, 0x7f0000000010n, 0x7ffd00000010n, 0xffffffffff600000n];
  expect(callersOf(nowhere, MAPS)).toEqual([]);
});

test("names with blanks, and of files that were deleted, stay whole", () => {
  expect(callersOf([0x7f2222000000n], MAPS)).toEqual(["plug in.so (deleted)+0x0"]);
});

test("a process that has gone has no callers", () => {
  expect(callersOf([0x7f1111000010n], "")).toEqual([]);
});

test("garbled lines are left out", () => {
  const garbled = `${MAPS.slice(0, 60)}\n-7f2 r-xp\nzz-zz r-xp 00000000 00:00 0 /x\n${MAPS}`;
  expect(callersOf([0x7f1111000010n], garbled)).toEqual(["libc.so.6+0x26010"]);
});
