import { beforeEach, expect, test } from "vitest";
import { cookieAt, fieldsOf } from "../../../../../src/collect/linux/ebpf/assemble/fields.ts";
import { openLibbpf } from "../../../../../src/collect/linux/ebpf/libbpf.ts";
import { HEAD, RECORD_KIND, SOCK_RECORD } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { openSession } from "../../../../../src/collect/linux/ebpf/session.ts";
import { lack, program } from "../../../../live/machine.ts";
import { stages } from "../../../../live/staged.ts";
import { until } from "../../../../live/until.ts";

const TCP = 6;
const UDP = 17;
const why = lack("python3", "unshare");
const stage = stages();
beforeEach(({ skip }) => {
  if (why) skip(why);
});

/** A TCP listener, a UDP socket and both ends of a connection; then, where it is asked for, back into the namespace. */
const HOLD = `
import ctypes, os, socket, sys
home = os.open("/proc/self/ns/net", os.O_RDONLY)
libc = ctypes.CDLL(None, use_errno=True)
if sys.argv[1] == "away":
    assert libc.unshare(0x40000000) == 0
    os.system("ip link set lo up")
listener = socket.create_server(("127.0.0.1", 0))
datagrams = socket.socket(type=socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
server = listener.accept()[0]
client.sendall(b"hello")
server.recv(5)
assert libc.setns(home, 0x40000000) == 0
print(listener.getsockname()[1], datagrams.getsockname()[1], flush=True)
sys.stdin.read()
`;

async function seeded(where: "home" | "away") {
  const here = stage();
  const holder = here.beside([program("python3"), "-c", HOLD, where]);
  const pid = await holder.application();
  const [tcp = 0, udp = 0] = (await until("the ports", () => holder.stdout.endsWith("\n") && holder.stdout))
    .split(" ")
    .map(Number);
  const session = openSession(openLibbpf(), {
    pids: [pid],
    wholeMachine: false,
    late: true,
    ringBytes: 1 << 16,
    sweepMilliseconds: 1000,
  });
  here.atEnd(() => session.close());
  return { pid, tcp, udp, found: sockets(session.seed()), swept: () => sockets(session.openFlows()) };
}

function sockets(records: Uint8Array) {
  const fields = fieldsOf(records);
  const offsets = Array.from({ length: records.length / SOCK_RECORD.size }, (_, index) => index * SOCK_RECORD.size);
  return offsets.map((at) => ({
    kind: fields.view.getUint16(at + HEAD.kind, true),
    protocol: fields.bytes[at + HEAD.protocol],
    pid: fields.view.getUint32(at + HEAD.pid, true),
    identity: cookieAt(fields, at + SOCK_RECORD.identity),
    local: fields.view.getUint16(at + SOCK_RECORD.lport, true),
    remote: fields.view.getUint16(at + SOCK_RECORD.rport, true),
    bytesIn: fields.view.getUint32(at + SOCK_RECORD.bytesIn, true),
  }));
}

test.each(["home", "away"] as const)(
  "what a process holds is told, each with an identity of its own: %s",
  async (where) => {
    const { pid, tcp, udp, found, swept } = await seeded(where);
    const { RECORD_LISTEN, RECORD_FLOW } = RECORD_KIND;
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: RECORD_LISTEN, protocol: TCP, pid, local: tcp }),
        expect.objectContaining({ kind: RECORD_LISTEN, protocol: UDP, pid, local: udp }),
        expect.objectContaining({ kind: RECORD_FLOW, protocol: TCP, pid, local: tcp, bytesIn: 5 }),
        expect.objectContaining({ kind: RECORD_FLOW, protocol: TCP, pid, remote: tcp, bytesIn: 0 }),
      ]),
    );
    const named = found.filter(({ protocol, identity }) => protocol === TCP || identity !== 0);
    // Where no process lives, we cannot give a UDP socket its cookie; it is told as one that cannot be followed, unless
    // another collector on this machine saw it bound.
    expect(where === "home" ? [4] : [3, 4]).toContain(named.length);
    expect(new Set(named.map(({ identity }) => identity)).size).toBe(named.length);
    const flows = found.filter(({ kind }) => kind === RECORD_FLOW);
    expect(new Set(swept().map(({ identity }) => identity))).toEqual(new Set(flows.map(({ identity }) => identity)));
  },
);
