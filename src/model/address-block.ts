/** The addresses that share their first `prefix` bits with `bytes`. */
export type AddressBlock = { bytes: number[]; prefix: number };

/**
 * The bytes of an address: 4 for IPv4, 16 for IPv6 (RFC 4291, section 2.2); nothing when it is none. An IPv4 address
 * mapped into IPv6 gives its 4 bytes, a zone (`%eth0`) is left out.
 */
export function addressBytes(text: string): number[] | undefined {
  if (!text.includes(":")) return ipv4Bytes(text);
  const [address = ""] = text.split("%");
  const bytes = ipv6Bytes(address);
  const mapped = bytes?.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? bytes?.slice(12) : bytes;
}

function ipv4Bytes(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function ipv6Bytes(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupBytes);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

function groupBytes(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = index === groups.length - 1 ? ipv4Bytes(group) : undefined;
    if (ipv4 !== undefined) bytes.push(...ipv4);
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return undefined;
  }
  return bytes;
}

/** The block that a CIDR text (RFC 4632) such as `10.0.0.0/8` states, or that of a single address; else nothing. */
export function addressBlock(text: string): AddressBlock | undefined {
  const [address = "", length, ...rest] = text.split("/");
  const bytes = addressBytes(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  const most = bytes.length * 8;
  if (length === undefined) return { bytes, prefix: most };
  if (!/^\d{1,3}$/.test(length)) return undefined;
  // A prefix over a mapped address counts the 96 bits in front of it.
  const prefix = Number(length) - (bytes.length === 4 && address.includes(":") ? 96 : 0);
  return prefix >= 0 && prefix <= most ? { bytes, prefix } : undefined;
}

/** Whether `address` lies in `block`; addresses of the other family never do. */
export function inBlock(address: string, block: AddressBlock): boolean {
  const bytes = addressBytes(address);
  if (bytes === undefined || bytes.length !== block.bytes.length) return false;
  for (let bit = 0; bit < block.prefix; bit += 8) {
    const mask = block.prefix - bit >= 8 ? 0xff : (0xff << (8 - (block.prefix - bit))) & 0xff;
    const index = bit >> 3;
    if (((bytes[index] ?? 0) & mask) !== ((block.bytes[index] ?? 0) & mask)) return false;
  }
  return true;
}

/**
 * What people call the LAN: private IPv4 (RFC 1918), unique local IPv6 (RFC 4193), link-local (RFC 3927, RFC 4291), the
 * limited broadcast, and multicast that stays on the link or within the site (RFC 5771, RFC 2365, RFC 4291).
 */
const LAN = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "255.255.255.255/32",
  "224.0.0.0/24",
  "239.255.0.0/16",
  "fc00::/7",
  "fe80::/10",
  "ff02::/16",
  "ff05::/16",
].flatMap((text) => addressBlock(text) ?? []);

/** Whether `address` belongs to a local network. Loopback does not. */
export function isLan(address: string): boolean {
  return LAN.some((block) => inBlock(address, block));
}
