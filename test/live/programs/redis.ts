import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { program } from "../machine.ts";
import { untilListening } from "../port.ts";
import type { Scenario, Stage } from "../stage.ts";
import { until } from "../until.ts";
import { relay } from "./relay.ts";

/** redis answers a replica's PSYNC past its own counters: an identifier of 40 characters, an offset of one digit. */
const resynchronisation = `+FULLRESYNC ${"0".repeat(40)} 0\r\n`;

/** redis-server with a replica: what it counts itself, and the reply to the question that asked for it. */
export const redisMaster: Scenario = async (stage) => {
  const [port, other] = [await stage.port("redis"), await stage.port("replica")];
  const server = stage.observe(command(stage, "master", port));
  await untilListening(server, port);
  const replica = stage.beside([...command(stage, "copy", other), "--replicaof", "127.0.0.1", String(port)]);
  const client = await Client.open(port);
  for (let i = 0; i < 23; i++) await client.ask("SET", `key${i}`, "v".repeat(7919));
  await until("the replica to have caught up", async () => (await client.ask("WAIT", "1", "100")) === ":1");
  await replica.stop();
  await until("the replica to be gone", async () => (await client.ask("INFO", "replication")).includes("slaves:0"));

  const information = await client.ask("INFO", "stats");
  const count = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(information)?.[1]);
  // The reply with the figures is written after they were taken; its bulk header and end are the protocol's (RESP).
  const reply = Buffer.byteLength(`$${Buffer.byteLength(information)}\r\n${information}\r\n`);
  const own = {
    // Both totals include replication.
    bytesIn: count("total_net_input_bytes"),
    bytesOut: count("total_net_output_bytes") + reply + resynchronisation.length,
  };
  client.close();
  await server.stop();
  return { "tcp in <redis>": own };
};

/** A redis-server that replicates another one, through a relay that counts what it does not count itself. */
export const redisReplica: Scenario = async (stage) => {
  const [port, other, between] = [await stage.port("redis"), await stage.port("replica"), await stage.port("relay")];
  const master = stage.beside(command(stage, "master", port));
  await untilListening(master, port);
  const { front } = await relay(stage, between, port);
  const server = stage.observe([...command(stage, "copy", other), "--replicaof", "127.0.0.1", String(between)]);
  const client = await Client.open(port);
  for (let i = 0; i < 23; i++) await client.ask("SET", `key${i}`, "v".repeat(7919));
  await until("the replica to have caught up", async () => {
    if (!server.running) throw new Error(server.stdout);
    return (await client.ask("WAIT", "1", "100")) === ":1";
  });
  client.close();
  await server.stop();
  await until("the relay's end of the replica", () => front.closed);
  return { "tcp out <relay>": front.other };
};

function command(stage: Stage, name: string, port: number): string[] {
  const options = {
    port: String(port),
    bind: "127.0.0.1",
    dir: stage.directory,
    dbfilename: `${name}.rdb`,
    save: "",
    // The periodic ping between master and replica would make the count depend on the moment.
    "repl-ping-replica-period": "3600",
    "repl-diskless-sync-delay": "0",
  };
  return [program("redis-server"), ...Object.entries(options).flatMap(([key, value]) => [`--${key}`, value])];
}

/** The few replies of RESP (redis.io/docs/reference/protocol-spec) that these scenarios need, one question at a time. */
class Client {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (part) => {
      this.#received = Buffer.concat([this.#received, part]);
    });
  }

  static async open(port: number): Promise<Client> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Client(socket);
  }

  /** Sends a command and returns a bulk reply's text, or any other reply's line. */
  async ask(...words: string[]): Promise<string> {
    const bulk = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    this.#socket.write(`*${words.length}\r\n${bulk.join("")}`);
    return until(`redis's reply to ${words[0]}`, () => this.#reply());
  }

  close(): void {
    this.#socket.destroy();
  }

  #reply(): string | undefined {
    const end = this.#received.indexOf("\r\n");
    if (end < 0) return undefined;
    const line = this.#received.toString("utf8", 0, end);
    if (!line.startsWith("$")) {
      this.#received = this.#received.subarray(end + 2);
      return line;
    }
    const length = Number(line.slice(1));
    if (this.#received.length < end + 2 + length + 2) return undefined;
    const text = this.#received.toString("utf8", end + 2, end + 2 + length);
    this.#received = this.#received.subarray(end + 2 + length + 2);
    return text;
  }
}
