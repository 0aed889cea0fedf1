import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { addressBlock, inBlock } from "../../model/address-block.ts";
import { isWildcard } from "../../model/endpoint.ts";
import { Problem } from "../../model/problem.ts";
import { command } from "./ports.ts";

/** Whom a query asks: the name that was given, where it was one, and its addresses in the order of asking. */
export type Target = { name?: string; addresses: string[] };

/** Of a name with more addresses than these, the others are not asked. */
const MOST = 8;

/** Addresses of nobody in particular: multicast (RFC 5771, RFC 4291) and the limited broadcast (RFC 919). */
const GROUPS = ["224.0.0.0/4", "255.255.255.255/32", "ff00::/8"].flatMap((text) => addressBlock(text) ?? []);

/**
 * The addresses behind what was typed, by the same sources as every program of this machine (getaddrinfo(3)).
 * @throws Problem `bad-value` for what is no host, `name-not-resolved`.
 */
export async function resolveTarget(host: string): Promise<Target> {
  const text = host.replace(/^\[(.*)\]$/, "$1");
  if (isIP(text) !== 0) return { addresses: [asked(text)] };
  refuseOther(text);
  const found = await resolved(text);
  const addresses = [...new Set(found)].filter((address) => !isGroup(address) && !isWildcard(address));
  if (addresses.length === 0) throw unresolved(text, "It has no address of a host.");
  return { name: text, addresses: addresses.slice(0, MOST) };
}

function asked(address: string): string {
  if (isWildcard(address)) {
    const own = address.includes(":") ? "::1" : "127.0.0.1";
    throw new Problem("bad-value", `${address} means any address of this machine`, { next: `./portolan query ${own}` });
  }
  if (!isGroup(address)) return address;
  throw new Problem("bad-value", `${address} is a group, and no host`, {
    why: "Who would answer is not known beforehand.",
    next: "./portolan query --help",
  });
}

function isGroup(address: string): boolean {
  return GROUPS.some((block) => inBlock(address, block));
}

/** What people type in place of a host, with what they meant. */
function refuseOther(text: string): void {
  const [, inner, port] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([\w.-]+)(?::(\d+))?(?:\/.*)?$/i.exec(text) ?? [];
  if (text === "" || (inner !== text && inner === undefined)) {
    throw new Problem("bad-value", `"${text}" is neither a name nor an address`, { next: "./portolan query --help" });
  }
  if (inner === text || inner === undefined) return;
  throw new Problem("bad-value", `"${text}" is no host`, {
    why: "A host is a name or an address alone; ports come after it.",
    next: `${command(inner)} -e ${port ?? (text.startsWith("https") ? "443" : "80")}`,
  });
}

async function resolved(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const why = code === "EAI_AGAIN" ? "No name server answered." : "No name server and no hosts file knows it.";
    throw unresolved(name, why, error);
  }
}

function unresolved(name: string, why: string, cause?: unknown): Problem {
  return new Problem("name-not-resolved", `the name ${name} cannot be resolved`, {
    why,
    next: `getent ahosts ${name}`,
    ...(cause !== undefined && { cause }),
  });
}
