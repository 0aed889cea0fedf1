import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Endpoint } from "../../../src/model/endpoint.ts";
import { program } from "../../live/machine.ts";
import { strace as observer } from "../../live/observer.ts";
import { calls } from "../../live/strace/call.ts";
import { processOf, threadsOf } from "../../live/strace/processes.ts";
import type { TracedSocket } from "../../live/strace/socket.ts";
import { follow } from "../../live/strace/sockets.ts";
import { truthOf } from "../../live/strace/truth.ts";
import type { Adapter } from "../adapter.ts";
import { FACTS, type Seen } from "../seen.ts";
import { lackOf } from "./listing.ts";
import { versionOf } from "./version.ts";

/** Facts that system calls do not tell (execve names a path, maybe a relative one or a link), or the reader used here. */
const UNKNOWN = [
  "executable",
  "listens namespace",
  "connects namespace",
  "ambiguous",
  "connects errors",
  "nothing missed",
];

/** Every system call, by the reader of traces that the live tests use. */
export const strace: Adapter = {
  name: "strace -f",
  scope: "run",
  about: "system calls",
  knows: { facts: new Set(FACTS.filter((fact) => !fact.startsWith("open") && !UNKNOWN.includes(fact))) },
  lack: () => lackOf("strace"),
  version: () => versionOf(program("strace"), ["--version"]),
  watch({ folder }) {
    const file = join(folder, "trace");
    return {
      wrap: (command) => observer.wrap(command, file),
      seen: async () => seenIn(readFileSync(file, "utf8")),
    };
  },
};

function seenIn(text: string): Seen {
  const picture = truthOf(text);
  const owned = ownedSockets(text);
  const pidsOf = (protocol: string, test: (socket: TracedSocket) => boolean) => [
    ...new Set(owned.flatMap(({ socket, pids }) => (socket.protocol === protocol && test(socket) ? [...pids] : []))),
  ];
  const toward = (socket: TracedSocket, port: number) =>
    socket.acceptedFrom === undefined &&
    [socket.remote, ...socket.refused, ...[...socket.exchanges.values()].map(({ remote }) => remote)].some(
      (remote) => remote?.port === port,
    );
  return {
    listens: picture.listens.map(({ portChosenBy, ...row }) => ({
      ...row,
      ...(portChosenBy === "unknown" ? {} : { portChosenBy }),
      pids: pidsOf(row.protocol, (socket) => serves(socket, row)),
    })),
    connects: picture.connects.map((row) => ({
      ...row,
      pids: pidsOf(row.protocol, (socket) => toward(socket, row.remote.port)),
    })),
    failedBinds: picture.failedBinds.map((row) => ({
      ...row,
      pids: [...new Set(bindersOf(text, row.error, row.port))],
    })),
    processes: picture.processes,
  };
}

/** Whether it listens there, or is bound there as a datagram socket that peers speak to. */
function serves({ protocol, listening, asked, local }: TracedSocket, at: Endpoint): boolean {
  if (protocol === "tcp" && !listening) return false;
  const bound = asked === undefined || asked.port === 0 ? local : asked;
  return bound?.port === at.port && bound.address === at.address;
}

const OWNING = new Set(["bind", "listen", "accept", "accept4", "connect"]);
/** Calls that begin an exchange by themselves, over UDP or with TCP Fast Open. */
const SENDING = new Set(["sendto", "sendmsg", "sendmmsg", "send", "write"]);

/** Each socket with the processes that bound, listened, accepted, connected, or began an exchange on it. */
function ownedSockets(text: string): { socket: TracedSocket; pids: Set<number> }[] {
  const all = calls(text);
  const threads = threadsOf(all);
  const { sockets } = follow(all);
  const pids = new Map<number, Set<number>>();
  for (const { name, inode, thread, value, arguments: words } of all) {
    if (inode === undefined || value === undefined || (value < 0 && name !== "connect")) continue;
    const begins = SENDING.has(name) && (sockets.get(inode)?.protocol === "udp" || words.includes("MSG_FASTOPEN"));
    if (!begins && !OWNING.has(name)) continue;
    const known = pids.get(inode) ?? new Set();
    pids.set(inode, known.add(processOf(thread, threads)));
  }
  return [...sockets].map(([inode, socket]) => ({ socket, pids: pids.get(inode) ?? new Set() }));
}

function bindersOf(text: string, error: string, port: number): number[] {
  const all = calls(text);
  const threads = threadsOf(all);
  return all
    .filter((call) => call.name === "bind" && call.error === error && call.arguments.includes(`htons(${port})`))
    .map(({ thread }) => processOf(thread, threads));
}
