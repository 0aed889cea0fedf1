import { readText } from "../owners/proc-file.ts";
import type { Link } from "./assemble/fields.ts";
import { parseLinkNames } from "./snapshot-links.ts";

/** Names of interfaces by network namespace and index. */
export type InterfaceNames = {
  /** A name as the kernel side noted it. */
  learn(networkNamespace: number, index: number, name: string): void;
  /** The name of an interface; undefined where nobody knows it any more. */
  of(link: Link): string | undefined;
};

/** What was not learned is read once per namespace, through the first process of it that is still there. */
export function interfaceNames(): InterfaceNames {
  const learned = new Map<string, string>();
  const read = new Map<number, Map<number, string>>();
  const readNames = ({ networkNamespace, pid }: Link): Map<number, string> | undefined => {
    const text = read.has(networkNamespace) ? undefined : readText(`/proc/${pid}/net/if_inet6`);
    if (text !== undefined) read.set(networkNamespace, parseLinkNames(text));
    return read.get(networkNamespace);
  };
  return {
    learn: (networkNamespace, index, name) => void learned.set(`${networkNamespace} ${index}`, name),
    of: (link) => learned.get(`${link.networkNamespace} ${link.index}`) ?? readNames(link)?.get(link.index),
  };
}
