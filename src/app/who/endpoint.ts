import { type AddressBlock, addressBlock, addressBytes } from "../../model/address-block.ts";
import { isName } from "../../model/manifest-cover.ts";
import { Problem } from "../../model/problem.ts";

/** What `who` is asked about: a port, an address, a block of them, a name, or a place that is a port of one of these. */
export type AskedEndpoint = { port?: number; address?: string; block?: Block; name?: string };

/** A block of addresses, and how it was written. */
type Block = { text: string; addresses: AddressBlock };

/**
 * Reads `:4444`, `4444`, `10.0.0.7`, `10.0.0.7:443`, `[2001:db8::1]:443`, `10.0.0.0/8`, `www.example.net` and
 * `www.example.net:443`. @throws Problem `bad-value`.
 */
export function readEndpoint(text: string): AskedEndpoint {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:[\]]*)(?::(\d+))?$/.exec(text);
  const [, host, port] = bracketed ?? (isAddress(text) ? [text, text, undefined] : (plain ?? []));
  if (host === undefined) throw noEndpoint(text);
  if (/^\d+$/.test(host) && port === undefined) return { port: readPort(text, host) };
  const place = host === "" ? {} : readHost(text, host);
  if (host === "" && port === undefined) throw noEndpoint(text);
  return { ...place, ...(port !== undefined && { port: readPort(text, port) }) };
}

function readHost(text: string, host: string): AskedEndpoint {
  if (isAddress(host)) return { address: host };
  const block = host.includes("/") ? addressBlock(host) : undefined;
  if (block !== undefined) return { block: { text: host, addresses: block } };
  if (isName(host) && !host.startsWith("*.")) return { name: host.toLowerCase() };
  throw noEndpoint(text);
}

function isAddress(text: string): boolean {
  return addressBytes(text) !== undefined;
}

function readPort(text: string, digits: string): number {
  const port = Number(digits);
  if (digits.length <= 5 && port >= 0 && port <= 65535) return port;
  throw new Problem("bad-value", `"${text}" names no port`, {
    why: "A port is a number from 0 to 65535.",
    next: "./portolan who :4444",
  });
}

function noEndpoint(text: string): Problem {
  return new Problem("bad-value", `"${text}" is no port, address or name`, {
    why: "It is like :4444, 10.0.0.7, 10.0.0.7:443, [2001:db8::1]:443, 10.0.0.0/8 or www.example.net.",
    next: "./portolan who :4444",
  });
}
