import type { Protocol } from "../../../model/endpoint.ts";
import { type SocketState, TCP_STATES } from "../../../model/socket.ts";
import { readText } from "../owners/proc-file.ts";
import { isLinkLocal, parseInterfaces, withInterface } from "./link-local.ts";
import type { TablesAhead } from "./read-ahead.ts";
import { readTableText } from "./read-table-text.ts";
import { type Row, readTable, TABLES } from "./socket-table.ts";
import { readEmptyTables } from "./sockstat.ts";

/** One socket as the tables of its network namespace show it; who holds it is another question. */
export type TableSocket = {
  protocol: Protocol;
  state: SocketState;
  local: { address: string; port: number };
  remote?: { address: string; port: number };
  networkNamespace: number;
  inode: number;
};

export type TableOptions = {
  /** Leaves out what neither listens nor is bound without a peer. */
  listening?: boolean;
  protocol?: Protocol;
  /** Reads an address from the tables' hexadecimal words; absent for what is none. */
  address: (words: string) => string | undefined;
  /** Tables that need not be read any more. */
  ahead?: TablesAhead;
};

/** The sockets of the network namespace that process `pid` lives in. */
export type NamespaceSockets = {
  sockets: TableSocket[];
  /** Lines that could not be understood. */
  malformed: number;
  /** Whether no table could be read: all members ended meanwhile. */
  gone: boolean;
};

const LISTEN = TCP_STATES.indexOf("LISTEN");
const ESTABLISHED = TCP_STATES.indexOf("ESTABLISHED");

/** Every TCP and UDP socket of network namespace `networkNamespace`, read through the first of `members` (folders) that lives. */
export function readNamespace(
  root: string,
  members: readonly string[],
  networkNamespace: number,
  options: TableOptions,
): NamespaceSockets {
  for (const member of members) {
    const read = readThrough(root, member, networkNamespace, options);
    if (!read.gone) return read;
  }
  return { sockets: [], malformed: 0, gone: true };
}

function readThrough(root: string, member: string, networkNamespace: number, options: TableOptions): NamespaceSockets {
  const folder = `${root}/${member}/net`;
  const ahead = options.ahead?.networkNamespace === networkNamespace ? options.ahead.texts : undefined;
  const empty = ahead === undefined ? readEmptyTables(folder) : undefined;
  const result: NamespaceSockets = { sockets: [], malformed: 0, gone: !ahead && !empty };
  let interfaces: Map<string, string> | undefined;
  for (const { file, protocol, digits } of TABLES) {
    if (options.protocol !== undefined && options.protocol !== protocol) continue;
    if (protocol === "tcp" && empty?.[file]) continue;
    const text = protocol === "tcp" && ahead ? ahead.get(file) : readTableText(`${folder}/${file}`);
    if (text === undefined) continue;
    result.gone = false;
    result.malformed += readTable(text, digits, (row) => {
      const state = stateOf(protocol, row);
      if (options.listening && state !== "LISTEN" && state !== "BOUND") return;
      let local = options.address(row.local);
      let remote = options.address(row.remote);
      if (state === undefined || local === undefined || remote === undefined) {
        result.malformed++;
        return;
      }
      if (digits === 32 && isLinkLocal(local)) {
        interfaces ??= parseInterfaces(readText(`${folder}/if_inet6`) ?? "");
        ({ local, remote } = withInterface(local, remote, interfaces));
      }
      const socket: TableSocket = {
        protocol,
        state,
        local: { address: local, port: row.localPort },
        networkNamespace,
        inode: row.inode,
      };
      if (state !== "LISTEN" && state !== "BOUND") socket.remote = { address: remote, port: row.remotePort };
      result.sockets.push(socket);
    });
  }
  return result;
}

function stateOf(protocol: Protocol, row: Row): SocketState | undefined {
  if (protocol === "tcp") return row.state === LISTEN ? "LISTEN" : TCP_STATES[row.state];
  return row.state === ESTABLISHED ? "CONNECTED" : "BOUND";
}
