import { readText } from "../owners/proc-file.ts";
import type { Link } from "./assemble/fields.ts";
import { parseLinkNames } from "./snapshot-links.ts";

/**
 * Names of interfaces in the network namespaces of the processes that use them: read once per namespace, through the
 * first process that is still there.
 */
export function interfaceNames(): (link: Link) => string | undefined {
  const known = new Map<number, Map<number, string>>();
  return ({ index, networkNamespace, pid }) => {
    let names = known.get(networkNamespace);
    if (names === undefined) {
      const text = readText(`/proc/${pid}/net/if_inet6`);
      if (text === undefined) return undefined;
      names = parseLinkNames(text);
      known.set(networkNamespace, names);
    }
    return names.get(index);
  };
}
