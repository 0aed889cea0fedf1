import { endianness } from "node:os";
import type { Micros } from "../../../../model/time.ts";
import type { Stat } from "../../owners/stat.ts";
import { createAddressBook } from "../address-words.ts";
import { readHolders } from "../holders.ts";
import { readNamespace, type TableSocket } from "../namespace-sockets.ts";

/** A socket that members of the scope hold; `pids` ascending. */
export type HeldSocket = TableSocket & { pids: number[] };

/** What one look at a scope shows. */
export type Look = {
  at: Micros;
  members: ReadonlyMap<number, Stat>;
  sockets: HeldSocket[];
  /** Ports on which anyone listens in the namespaces of the scope, as `portKey` writes them. */
  listening: Set<string>;
  /** Members whose descriptors this user may not see. */
  unreadable: number;
};

/** A port of one protocol in one network namespace, as a key. */
export function portKey(socket: TableSocket): string {
  return `${socket.networkNamespace}/${socket.protocol}/${socket.local.port}`;
}

/** Looks at the sockets of `members` in the /proc at `root`. */
export function takeLook(root: string, at: Micros, members: ReadonlyMap<number, Stat>): Look {
  const holders = readHolders(
    root,
    [...members.keys()].sort((a, b) => a - b),
  );
  const look: Look = { at, members, sockets: [], listening: new Set(), unreadable: holders.unreadable };
  const address = createAddressBook(endianness() === "LE");
  for (const [namespace, inside] of holders.namespaces) {
    for (const socket of readNamespace(root, inside, namespace, { address }).sockets) {
      if (socket.state === "LISTEN" || socket.state === "BOUND") look.listening.add(portKey(socket));
      const pids = socket.inode === 0 ? undefined : holders.pids.get(socket.inode);
      if (pids !== undefined) look.sockets.push({ ...socket, pids });
    }
  }
  return look;
}
