import { addressBytes } from "../../model/address-block.ts";

/**
 * The first name that a hosts file (hosts(5)) gives to an address: an address, its name, aliases, and comments from `#` on.
 * Undefined where it names none.
 */
export function hostName(text: string, address: string): string | undefined {
  const wanted = addressBytes(address)?.join();
  if (wanted === undefined) return undefined;
  for (const line of text.split("\n")) {
    const [written = "", name] = (line.split("#", 1)[0] ?? "").trim().split(/\s+/);
    if (name !== undefined && addressBytes(written)?.join() === wanted) return name;
  }
  return undefined;
}
