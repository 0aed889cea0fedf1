import { readText } from "../owners/proc-file.ts";

/** Names of interfaces by the network namespace's inode number and their index in it. */
export type LinkNames = (networkNamespace: number, index: number) => string | undefined;

/**
 * Reads the names of a namespace's interfaces when the first is asked for, through the pid that `members` gives for the
 * namespace; `self` for our own. Interfaces that speak IPv6 have a name here, and only those have link-local addresses.
 */
export function linkNames(members: ReadonlyMap<number, number | "self">): LinkNames {
  const known = new Map<number, Map<number, string>>();
  return (networkNamespace, index) => {
    let names = known.get(networkNamespace);
    if (names === undefined) {
      const member = members.get(networkNamespace);
      const text = member === undefined ? undefined : readText(`/proc/${member}/net/if_inet6`);
      names = parseLinkNames(text ?? "");
      known.set(networkNamespace, names);
    }
    return names.get(index);
  };
}

/** From `text` of /proc/PID/net/if_inet6: address, index, prefix length, scope, flags (all hexadecimal), name. */
export function parseLinkNames(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [, index, , , , name] = line.trim().split(/ +/);
    if (index !== undefined && name !== undefined) names.set(Number.parseInt(index, 16), name);
  }
  return names;
}
