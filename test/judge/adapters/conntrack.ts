import { enterRoom, type Room } from "../../../bench/room.ts";
import { type Started, start } from "../../../bench/started.ts";
import { program } from "../../live/machine.ts";
import { until } from "../../live/until.ts";
import type { Adapter } from "../adapter.ts";
import type { Seen } from "../seen.ts";
import type { ConnectRow, Truth } from "../truth.ts";
import { lackOf } from "./listing.ts";
import { versionOf } from "./version.ts";

/** Connections are tracked in a namespace only where a rule asks for it. */
const RULES = ["ip", "ip6"]
  .map((family) => `add table ${family} judge; add chain ${family} judge out { type filter hook output priority 0; }`)
  .concat(["ip", "ip6"].map((family) => `add rule ${family} judge out ct state new accept`))
  .join("; ");

/** Ports of the discard and of no service, to whom a datagram says that everything before it was told. */
const [AT_START, AT_END] = [9, 10];

/** Events of tracked connections: it names no process. The scenario runs in a network namespace made for it. */
export const conntrack: Adapter = {
  name: "conntrack -E",
  scope: "run",
  about: "who connects where",
  knows: { facts: new Set(["connects", "connects flows", "connects failed"]) },
  lack: () => (process.geteuid?.() === 0 ? lackOf("conntrack", "nft", "unshare", "nsenter", "bash") : "needs root"),
  version: () => versionOf(program("conntrack"), ["--version"]),
  async watch() {
    const room = await enterRoom();
    let events: Started | undefined;
    return {
      wrap: (command) => room.inside(command),
      async start() {
        await done(room, ["nft", RULES]);
        events = within(room, ["conntrack", "-E", "-e", "NEW,UPDATES"]);
        await told(room, events, AT_START);
      },
      async seen({ truth }) {
        if (events === undefined) throw new Error("it never started");
        await told(room, events, AT_END);
        return asStated(seenIn(events.lines), truth);
      },
      async close() {
        events?.kill("SIGKILL");
        await events?.ended;
        events = undefined;
        await room.leave();
      },
    };
  },
};

function within(room: Room, command: string[]): Started {
  const [file = "", ...words] = room.inside(command);
  return start(file, words);
}

async function done(room: Room, command: string[]): Promise<void> {
  const { status, stderr } = await within(room, command).ended;
  if (status !== 0) throw new Error(`${command[0]}: ${stderr.trim()}`);
}

/** Sends datagrams to a port until one of them is reported; events come in order. */
async function told(room: Room, events: Started, port: number): Promise<void> {
  await until("conntrack to report a datagram", async () => {
    await done(room, ["bash", "-c", `echo > /dev/udp/127.0.0.1/${port}`]);
    return until("its line", () => events.lines.some((line) => line.includes(` dport=${port} `)), 500);
  });
}

/** `[NEW] tcp 6 120 SYN_SENT src=… dst=… sport=… dport=… [UNREPLIED] src=…`; the first four are the asker's view. */
function seenIn(lines: readonly string[]): Seen {
  const connects = new Map<string, ConnectRow & { flows: number; failed: number }>();
  for (const line of lines) {
    const match = /\[(NEW|UPDATE)\] (tcp|udp)\s+\d+ (.*?)src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/.exec(line);
    if (match === null) continue;
    const [, kind, protocol, state = "", , address = "", , port] = match;
    if (Number(port) === AT_START || Number(port) === AT_END) continue;
    const key = `${protocol} ${address} ${port}`;
    const remote = { address, port: Number(port) };
    const row = connects.get(key) ?? {
      protocol: protocol === "tcp" ? ("tcp" as const) : ("udp" as const),
      remote,
      flows: 0,
      failed: 0,
    };
    connects.set(key, row);
    // A new TCP entry is an attempt, until it is established.
    if (kind === "NEW") row[protocol === "tcp" ? "failed" : "flows"]++;
    else if (state.includes("ESTABLISHED")) {
      row.flows++;
      row.failed--;
    }
  }
  return { connects: [...connects.values()] };
}

/** An IPv4 packet is IPv4 to it, whatever family the socket has: a mapped address is not asked of it. */
function asStated({ connects = [] }: Seen, truth: Truth): Seen {
  const mapped = new Set(truth.connects.map(({ remote }) => `${remote.address} ${remote.port}`));
  return {
    connects: connects.map((row) => {
      const address = `::ffff:${row.remote.address}`;
      return mapped.has(`${address} ${row.remote.port}`) ? { ...row, remote: { ...row.remote, address } } : row;
    }),
  };
}
