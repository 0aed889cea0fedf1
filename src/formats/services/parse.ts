import type { Protocol } from "../../model/endpoint.ts";

/** Names of services by port, for each protocol. */
export type ServiceNames = { readonly [P in Protocol]: ReadonlyMap<number, string> };

/** A line that is longer says nothing about a service. */
const LONGEST_LINE = 4_096;
/** A name that is longer is none (RFC 6335 section 5.1 allows 15 characters; services files are less strict). */
const LONGEST_NAME = 64;

const ENTRY = /^\s*(\S+)\s+(\d{1,5})\/(tcp|udp)(?=\s|#|$)/;

/**
 * Reads a services file (services(5)): a name, a port with its protocol, aliases, and comments from `#` on. Of several
 * names for one port the first counts, as it does for getservbyport(3). What cannot be read is passed over, as there.
 */
export function parseServices(text: string): ServiceNames {
  const names = { tcp: new Map<number, string>(), udp: new Map<number, string>() };
  for (const line of text.split("\n")) {
    const [, name, digits, protocol] = (line.length <= LONGEST_LINE && ENTRY.exec(line)) || [];
    if (name === undefined || name.startsWith("#") || name.length > LONGEST_NAME) continue;
    const port = Number(digits);
    if (port < 1 || port > 65_535 || (protocol !== "tcp" && protocol !== "udp")) continue;
    if (!names[protocol].has(port)) names[protocol].set(port, name);
  }
  return names;
}
