import { readLink } from "../owners/proc-file.ts";
import { inodeOf } from "./holders.ts";
import { readTableInThread } from "./read-table-text.ts";
import { readEmptyTables } from "./sockstat.ts";

/** Tables of one network namespace that were read before they are looked into, by their file. */
export type TablesAhead = { networkNamespace: number; texts: ReadonlyMap<string, string> };

/**
 * Begins to read the TCP tables of this process's own network namespace in Node's threads, so that the kernel walks its
 * hash of connections while the main thread goes through everybody's descriptors. What cannot be read is left out.
 */
export async function readTablesAhead(root: string): Promise<TablesAhead | undefined> {
  const networkNamespace = inodeOf(readLink(`${root}/self/ns/net`), "net:[");
  if (networkNamespace === undefined) return undefined;
  const folder = `${root}/self/net`;
  const empty = readEmptyTables(folder);
  const texts = new Map<string, string>();
  const read = async (file: "tcp" | "tcp6") => {
    const text = empty?.[file] ? undefined : await readTableInThread(`${folder}/${file}`);
    if (text !== undefined) texts.set(file, text);
  };
  await Promise.all([read("tcp"), read("tcp6")]);
  return { networkNamespace, texts };
}
