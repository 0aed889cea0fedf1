import { networkInterfaces } from "node:os";
import { ipv4Text, ipv6Text } from "../model/address.ts";
import { addressBytes } from "../model/address-block.ts";
import { isLoopback } from "../model/endpoint.ts";
import { Problem } from "../model/problem.ts";
import { calls } from "./socket/calls.ts";
import type { HostAddress } from "./socket/layout/address.ts";

/**
 * What the kernel needs of an address: its bytes, and the interface of a link-local one, by name or number.
 * @throws Problem `bad-value` for a text that is no address, and where the interface is missing.
 */
export function hostAddress(address: string): HostAddress {
  const bytes = addressBytes(address);
  if (bytes === undefined)
    throw new Problem("bad-value", `"${address}" is no address`, { next: "./portolan query --help" });
  const zone = /%(.+)$/.exec(address)?.[1];
  const isLinkLocal = bytes.length === 16 && bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
  if (zone === undefined && !isLinkLocal) return { bytes };
  const scope = zone === undefined ? 0 : /^\d+$/.test(zone) ? Number(zone) : calls().interfaceIndex(zone);
  if (scope > 0) return { bytes, scope };
  const [link = "eth0"] = Object.keys(networkInterfaces()).filter((name) => name !== "lo");
  throw new Problem("bad-value", `${address} needs the interface that it is reached by`, {
    why: zone === undefined ? "A link-local address is one of its link alone." : `There is no interface ${zone}.`,
    next: `./portolan query ${address.split("%")[0]}%${link}`,
  });
}

/** Whether an address is one of this machine's own, in this network namespace. */
export function isOwn({ bytes }: HostAddress): boolean {
  const text = bytes.length === 4 ? ipv4Text(Uint8Array.from(bytes), 0) : ipv6Text(Uint8Array.from(bytes), 0);
  if (isLoopback(text)) return true;
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return own.some(({ address }) => addressBytes(address)?.join() === bytes.join());
}
