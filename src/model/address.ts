/**
 * Text of a 4-byte IPv4 address that starts at `offset` of `bytes`, in network order.
 */
export function ipv4Text(bytes: Uint8Array, offset: number): string {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

/**
 * Text of a 16-byte IPv6 address that starts at `offset` of `bytes`, in network order, as RFC 5952 asks:
 * lower case, no leading zeros, the first longest run of two or more zero groups shortened, and
 * v4-mapped addresses kept as `::ffff:1.2.3.4`.
 */
export function ipv6Text(bytes: Uint8Array, offset: number): string {
  if (isMapped(bytes, offset)) return `::ffff:${ipv4Text(bytes, offset + 12)}`;
  const groups: number[] = [];
  for (let i = 0; i < 8; i++) {
    groups.push(((bytes[offset + 2 * i] ?? 0) << 8) | (bytes[offset + 2 * i + 1] ?? 0));
  }
  const { start, length } = longestZeroRun(groups);
  if (length < 2) return groups.map(hex).join(":");
  const head = groups.slice(0, start).map(hex).join(":");
  const tail = groups
    .slice(start + length)
    .map(hex)
    .join(":");
  return `${head}::${tail}`;
}

function hex(group: number): string {
  return group.toString(16);
}

function isMapped(bytes: Uint8Array, offset: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[offset + i] !== 0) return false;
  return bytes[offset + 10] === 0xff && bytes[offset + 11] === 0xff;
}

function longestZeroRun(groups: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (groups[i] === 0) continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}

/** The IPv4 address that a dual-stack socket shows mapped into IPv6 (RFC 4291, 2.5.5.2); any other as it is. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
