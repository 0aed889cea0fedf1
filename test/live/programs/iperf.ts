import { program } from "../machine.ts";
import { untilBound } from "../port.ts";
import type { Scenario } from "../stage.ts";
import type { Started } from "../started.ts";

/** What this part of iperf3's JSON holds: what its streams moved. */
type Sum = { bytes: number };
type Outcome = { end: { sum_sent?: Sum; sum_received?: Sum }; error?: string };

/**
 * iperf3 as a TCP server, with two streams. Its figure is what it read of their payload: not the 37-byte cookie that
 * opens each connection, not the control connection, and not what the kernel had received and it had not read when the
 * client said that it was done. What is exact lies between its figure and the client's.
 */
export const iperfTcp: Scenario = async (stage) => {
  const port = await stage.port("iperf");
  const server = stage.observe(serving(port));
  await untilBound(server, port);
  const { sum_sent: sent } = (
    await outcome(stage.beside(asking(port, "--bytes", "2M", "--length", "8K", "--bitrate", "50M", "--parallel", "2")))
  ).end;
  const { sum_received: received } = (await outcome(server)).end;
  const [cookies, control] = [3 * 37, 4096];
  return { "tcp in <iperf>": { bytesIn: { from: count(received) + cookies, to: count(sent) + cookies + control } } };
};

/** The four bytes by which a UDP stream is opened, and the four that answer (iperf3's source, iperf_udp.c). */
const hello = 4;

/** iperf3 as a UDP server: it counts every datagram it reads but the one that opens the stream. */
export const iperfUdpServer: Scenario = async (stage) => {
  const port = await stage.port("iperf");
  const server = stage.observe(serving(port));
  await untilBound(server, port);
  await outcome(stage.beside(udpClient(port)));
  const { sum_received: received } = (await outcome(server)).end;
  return { "udp in <iperf>": { bytesIn: count(received) + hello, bytesOut: hello } };
};

/** iperf3 as a UDP client: it counts every datagram it sends but the one that opens the stream. */
export const iperfUdpClient: Scenario = async (stage) => {
  const port = await stage.port("iperf");
  const server = stage.beside(serving(port));
  await untilBound(server, port);
  const { sum_sent: sent } = (await outcome(stage.observe(udpClient(port)))).end;
  await outcome(server);
  return { "udp out <iperf>": { bytesIn: hello, bytesOut: count(sent) + hello } };
};

function count(sum: Sum | undefined): number {
  if (sum === undefined) throw new Error("iperf3 reported no sum");
  return sum.bytes;
}

function serving(port: number): string[] {
  return [program("iperf3"), "--server", "--one-off", "--json", "--bind", "127.0.0.1", "--port", String(port)];
}

function asking(port: number, ...more: string[]): string[] {
  return [program("iperf3"), "--client", "127.0.0.1", "--json", "--port", String(port), ...more];
}

function udpClient(port: number): string[] {
  return asking(port, "--udp", "--bytes", "1M", "--bitrate", "20M", "--length", "1009");
}

async function outcome(started: Started): Promise<Outcome> {
  const end = await started.ended();
  const result: Outcome = JSON.parse(started.stdout);
  if (end.status !== 0 || result.error !== undefined)
    throw new Error(`iperf3 ended with ${end.status}: ${result.error}`);
  return result;
}
