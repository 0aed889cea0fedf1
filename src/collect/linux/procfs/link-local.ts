import { addressOf } from "./address-words.ts";

/** Whether `address` means something only on one link (fe80::/10, RFC 4291 section 2.5.6). */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/.test(address);
}

/**
 * Which interface has each link-local address, from `text`, the content of /proc/PID/net/if_inet6: address (32 digits in
 * network order), index, prefix length, scope and flags, then the name. The socket tables do not tell a socket's
 * interface, so an address that several interfaces have (VLANs share one) is left out: its interface is unknown.
 */
export function parseInterfaces(text: string): Map<string, string> {
  const interfaces = new Map<string, string | undefined>();
  for (const line of text.split("\n")) {
    const [words, , , , , name] = line.trim().split(/ +/);
    const address = words === undefined ? undefined : addressOf(words, false);
    if (address === undefined || name === undefined || !isLinkLocal(address)) continue;
    interfaces.set(address, interfaces.has(address) ? undefined : name);
  }
  const known = new Map<string, string>();
  for (const [address, name] of interfaces) if (name !== undefined) known.set(address, name);
  return known;
}

/**
 * `local` and `remote` with `%interface` where it can be known: a link-local address of this machine that only one
 * interface has, and a link-local peer of such a socket, which is on the same link.
 */
export function withInterface(
  local: string,
  remote: string,
  interfaces: ReadonlyMap<string, string>,
): { local: string; remote: string } {
  const name = isLinkLocal(local) ? interfaces.get(local) : undefined;
  if (name === undefined) return { local, remote };
  return { local: `${local}%${name}`, remote: isLinkLocal(remote) ? `${remote}%${name}` : remote };
}
