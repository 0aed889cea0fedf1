import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cookieAt, fieldsOf, u64 } from "../../../../../src/collect/linux/ebpf/assemble/fields.ts";
import { openLibbpf } from "../../../../../src/collect/linux/ebpf/libbpf.ts";
import { HEAD, SOCK_RECORD, SWEEP } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { openSession } from "../../../../../src/collect/linux/ebpf/session.ts";
import { until } from "../../../../live/until.ts";
import { lack } from "../../cgroup/machine.ts";

/** A prime, and with both ends of each more than two slices of a sweep. */
const CONNECTIONS = 4099;
const HELLO = "hello";

const why = process.platform !== "linux" ? "needs Linux" : lack();
beforeEach(({ skip }) => {
  if (why) skip(why);
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** This process itself is followed. */
function followOurselves() {
  const session = openSession(openLibbpf(), {
    pids: [process.pid],
    wholeMachine: false,
    late: false,
    ringBytes: 1 << 16,
    sweepMilliseconds: 1000,
  });
  ends.push(() => session.close());
  return session;
}

async function listener(accepted: Socket[]): Promise<number> {
  const server: Server = createServer((socket) => {
    accepted.push(socket);
    socket.resume();
  });
  server.listen(0, "127.0.0.1", 511);
  ends.push(() => server.close());
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** What is swept of connections to and from `port`. */
function swept(records: Uint8Array, port: number) {
  const fields = fieldsOf(records);
  const offsets = Array.from({ length: records.length / SOCK_RECORD.size }, (_, index) => index * SOCK_RECORD.size);
  return offsets
    .map((at) => ({
      identity: cookieAt(fields, at + SOCK_RECORD.identity),
      pid: fields.view.getUint32(at + HEAD.pid, true),
      local: fields.view.getUint16(at + SOCK_RECORD.lport, true),
      remote: fields.view.getUint16(at + SOCK_RECORD.rport, true),
      bytesIn: u64(fields, at + SOCK_RECORD.bytesIn),
      bytesOut: u64(fields, at + SOCK_RECORD.bytesOut),
    }))
    .filter(({ local, remote }) => local === port || remote === port);
}

test("a sweep tells every open connection, however many there are, and the next one what has moved since", async () => {
  const session = followOurselves();
  const accepted: Socket[] = [];
  const port = await listener(accepted);
  const clients: Socket[] = [];
  ends.push(() => {
    for (const socket of [...clients, ...accepted]) socket.destroy();
  });
  for (let i = 0; i < CONNECTIONS; i++) {
    const client = connect(port, "127.0.0.1");
    clients.push(client);
    await once(client, "connect");
  }
  for (let sweep = 1; sweep <= 2; sweep++) {
    const bytes = sweep * HELLO.length;
    for (const client of clients) client.write(HELLO);
    const arrived = () => accepted.length === CONNECTIONS && accepted.every(({ bytesRead }) => bytesRead === bytes);
    await until("all bytes to arrive", arrived);
    const flows = swept(session.openFlows(), port);
    expect(flows).toHaveLength(2 * CONNECTIONS);
    expect(flows.length).toBeGreaterThan(2 * SWEEP.SWEEP_SLICE);
    expect(new Set(flows.map(({ identity }) => identity)).size).toBe(2 * CONNECTIONS);
    expect(new Set(flows.map(({ pid }) => pid))).toEqual(new Set([process.pid]));
    const out = flows.filter(({ remote }) => remote === port);
    expect(out).toHaveLength(CONNECTIONS);
    expect(out.every(({ bytesIn, bytesOut }) => bytesIn === 0 && bytesOut === bytes)).toBe(true);
    const inward = flows.filter(({ local }) => local === port);
    expect(inward.every(({ bytesIn, bytesOut }) => bytesIn === bytes && bytesOut === 0)).toBe(true);
    expect(swept(session.openFlows(), port)).toEqual([]);
  }
});
