import { addressBlock, addressBytes, inBlock, isLan } from "./address-block.ts";
import { type Exposure, isLoopback, type Protocol } from "./endpoint.ts";
import type { ManifestConnect, ManifestListen, ManifestPorts } from "./manifest.ts";

/** A listen as it was seen. */
export type SeenListen = {
  protocol: Protocol;
  port: number;
  exposure: Exposure;
  portChosenBy?: "application" | "system";
};

/** A connect as it was seen. */
export type SeenConnect = { protocol: Protocol; remote: { address: string; port: number }; name?: string };

/** The words that `peers` knows beside names, addresses and CIDR blocks. */
const PEER_WORDS: readonly string[] = ["any", "loopback", "lan", "resolver"];

const NAME = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i;

/** Whether `text` is something that `peers` may hold: a word, an address, a CIDR block, or a name, perhaps with `*.`. */
export function isPeer(text: string): boolean {
  return PEER_WORDS.includes(text) || addressBlock(text) !== undefined || isName(text);
}

/** Whether `text` can only be read as a host's name (RFC 1123; `_` is met in practice), perhaps with `*.` in front. */
export function isName(text: string): boolean {
  return text.length <= 255 && NAME.test(text) && !PEER_WORDS.includes(text) && !/(^|\.)\d+\.?$/.test(text);
}

/**
 * Whether a line states what was seen. `dynamic` covers ports that the system chose; ports stated by number cover these too. A
 * line for the network covers the loopback, not the other way round.
 */
export function coversListen(line: ManifestListen, seen: SeenListen): boolean {
  if (line.protocol !== seen.protocol) return false;
  if (line.scope === "loopback" && seen.exposure === "network") return false;
  return line.ports === "dynamic" ? seen.portChosenBy === "system" : inPorts(line.ports, seen.port);
}

/**
 * Whether a line states what was seen. `dynamic` in a connect means that the peer names the port while it runs (passive
 * FTP): it covers any but the system ports (RFC 6335: 0 to 1023). `resolvers` are the addresses that `resolver` stands for.
 */
export function coversConnect(line: ManifestConnect, seen: SeenConnect, resolvers: readonly string[]): boolean {
  if (line.protocol !== seen.protocol) return false;
  const port = seen.remote.port;
  if (line.ports === "dynamic" ? port < 1024 : !inPorts(line.ports, port)) return false;
  return line.peers.some((peer) => coversPeer(peer, seen, resolvers));
}

function inPorts(ports: Exclude<ManifestPorts, "dynamic">, port: number): boolean {
  return ports.some((range) => port >= range.from && port <= range.to);
}

function coversPeer(peer: string, seen: SeenConnect, resolvers: readonly string[]): boolean {
  const { address } = seen.remote;
  if (peer === "any") return true;
  if (peer === "loopback") return isLoopback(address);
  if (peer === "lan") return isLan(address);
  if (peer === "resolver") return isResolver(address, resolvers);
  const block = addressBlock(peer);
  if (block !== undefined) return inBlock(address, block);
  return seen.name !== undefined && coversName(peer, seen.name);
}

/** Whether `address` is one of the machine's resolvers, in whatever form it is written. */
export function isResolver(address: string, resolvers: readonly string[]): boolean {
  const bytes = addressBytes(address)?.join();
  return resolvers.some(
    (resolver) => resolver === address || (bytes !== undefined && addressBytes(resolver)?.join() === bytes),
  );
}

/** `*.example.net` covers every name below example.net, and not example.net itself (as in RFC 4592). */
function coversName(pattern: string, name: string): boolean {
  const [wanted, given] = [canonical(pattern), canonical(name)];
  return wanted.startsWith("*.") ? given.endsWith(wanted.slice(1)) && given.length >= wanted.length : wanted === given;
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
