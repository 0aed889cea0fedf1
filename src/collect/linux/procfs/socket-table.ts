import type { Protocol } from "../../../model/endpoint.ts";

/** The four tables of /proc/PID/net that hold the sockets of Portolan's two protocols. */
export const TABLES = [
  { file: "tcp", protocol: "tcp", digits: 8 },
  { file: "tcp6", protocol: "tcp", digits: 32 },
  { file: "udp", protocol: "udp", digits: 8 },
  { file: "udp6", protocol: "udp", digits: 32 },
] as const satisfies readonly { file: string; protocol: Protocol; digits: 8 | 32 }[];

/** One line of such a table. Addresses are still the table's hexadecimal words (address-words.ts reads them). */
export type Row = {
  local: string;
  localPort: number;
  remote: string;
  remotePort: number;
  /** Number of include/net/tcp_states.h; UDP has 1 (connected) and 7. */
  state: number;
  /** 0 where no file descriptor leads to the socket. */
  inode: number;
};

/**
 * Hands every row of `text` to `take` and returns the number of lines that are no rows. The layout is that of
 * `get_tcp4_sock`, `get_tcp6_sock`, `udp4_format_sock` and `__ip6_dgram_sock_seq_show` in the kernel's net/ipv4 and
 * net/ipv6 (proc_pid_net(5)): `sl: local:port remote:port st tx:rx tr:when retrnsmt uid timeout inode …`, where the
 * columns up to `st` have fixed widths. `digits` is the width of an address.
 */
export function readTable(text: string, digits: 8 | 32, take: (row: Row) => void): number {
  let malformed = 0;
  let start = text.indexOf("\n") + 1;
  while (start > 0 && start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const row = readRow(text, start, end, digits);
    if (row !== undefined) take(row);
    else malformed++;
    start = end + 1;
  }
  return malformed;
}

function readRow(text: string, start: number, end: number, digits: number): Row | undefined {
  const local = text.indexOf(":", start) + 2;
  const remote = local + digits + 6;
  const state = remote + digits + 6;
  // Without this check a garbled line would be read into the next one.
  if (local < start + 2 || state + 2 >= end || text.charCodeAt(local + digits) !== COLON) return undefined;
  let at = state + 3;
  for (let words = 0; words < 5; words++) at = nextWord(text, at);
  const inode = decimal(text, at, end);
  const localPort = hex(text, local + digits + 1, 4);
  const remotePort = hex(text, remote + digits + 1, 4);
  const number = hex(text, state, 2);
  if (inode < 0 || localPort < 0 || remotePort < 0 || number < 0) return undefined;
  return {
    local: text.slice(local, local + digits),
    localPort,
    remote: text.slice(remote, remote + digits),
    remotePort,
    state: number,
    inode,
  };
}

const COLON = 0x3a;
const SPACE = 0x20;

/** Where the word after the one at `at` begins. A missing word leads past the end of the line, where no inode is. */
function nextWord(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) > SPACE) i++;
  while (text.charCodeAt(i) === SPACE) i++;
  return i;
}

/** The hexadecimal number of exactly `length` digits at `at`, or -1. */
function hex(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** The value of an ASCII hexadecimal digit, or -1. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const upper = code & ~SPACE;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** The decimal number at `at`, ended by a space or by `end`; -1 where there is none. */
function decimal(text: string, at: number, end: number): number {
  let value = 0;
  let i = at;
  for (; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (i === at || !Number.isSafeInteger(value)) return -1;
  return i === end || text.charCodeAt(i) === SPACE ? value : -1;
}
