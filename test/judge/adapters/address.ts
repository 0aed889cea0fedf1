import type { Endpoint } from "../../../src/model/endpoint.ts";

/**
 * An endpoint as peers print it, as the truth states it: `*:80`, `[::1]:80`, `:::80`, `127.0.0.1%lo:80`. For an IPv6
 * socket a wildcard is `::`, and a bare IPv4 address is one mapped into IPv6. Undefined where there is no port: no peer.
 */
export function endpointOf(text: string, family: 4 | 6): Endpoint | undefined {
  const colon = text.lastIndexOf(":");
  const port = Number(text.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(port) || text.endsWith(":")) return undefined;
  let address = text.slice(0, colon);
  // ss prints a scope behind the brackets, and that of a socket bound to an interface too.
  const scope = /%([^\]]+)$/.exec(address)?.[1];
  address = address.replace(/%[^\]]+$/, "").replace(/^\[(.*)\]$/, "$1");
  if (address === "*") address = family === 6 ? "::" : "0.0.0.0";
  else if (family === 6 && /^\d+\.\d+\.\d+\.\d+$/.test(address)) address = `::ffff:${address}`;
  else if (scope !== undefined && /^fe[89ab]/i.test(address)) address = `${address}%${scope}`;
  return { address, port };
}
