import { randomBytes } from "node:crypto";
import { Socket } from "node:net";
import type { Protocol } from "../model/endpoint.ts";
import { type Choice, chooseProbe, listenOnly } from "./choose.ts";
import { hostAddress, isOwn } from "./host.ts";
import { inOrder } from "./in-order.ts";
import type { ProbeContext, ProbeProtocol } from "./protocol.ts";
import type { ChosenProbe, Judgement, PortResult, Question } from "./result.ts";
import { drive } from "./scan/drive.ts";
import type { Ground } from "./scan/ground.ts";
import { Timers } from "./scan/timers.ts";
import { calls } from "./socket/calls.ts";
import { mostSockets } from "./socket/limit.ts";
import { resetOnClose } from "./socket/options.ts";
import { Poller } from "./socket/poller.ts";
import { talk } from "./talk/talk.ts";
import { Talks } from "./talk/talks.ts";
import { type AskedTcp, TcpScan } from "./tcp/tcp-scan.ts";
import { RoundTrip } from "./traffic/round-trip.ts";
import { Traffic } from "./traffic/traffic.ts";
import { type AskedUdp, type Probe, UdpScan } from "./udp/udp-scan.ts";
import { waitsFor } from "./waits.ts";

/** What one host is asked. */
export type ScanRequest = {
  /** An address; a link-local one with its interface. */
  address: string;
  /** The name by which the host was given, for probes and certificates. */
  name?: string;
  questions: readonly Question[];
  /** The name of the service on a port, as the services file has it. */
  serviceOf: (question: Question) => string | undefined;
  /** Whether a probe may be sent; without it every one may. */
  mayProbe?: (probe: string, question: Question) => boolean;
  /** Whether a service of which nothing is known is listened to for a greeting. */
  greeting: boolean;
  sourcePort?: number;
  slowLink: boolean;
  /** Packets in any second, at most. */
  rate?: number;
  community: string;
  /** The protocols to choose from, in place of all. */
  protocols?: readonly ProbeProtocol[];
};

/** Who wants to know what happens, while it does. */
export type ScanListener = {
  /** A port is decided. */
  result?(result: PortResult): void;
  /** The same in the order of the questions: each as soon as it and all before it are decided. */
  next?(result: PortResult): void;
  /** A probe is sent, from a local port; it `wanted` another one where that was not to be had. */
  sending?(event: { question: Question; probe: ChosenProbe; localPort?: number; wanted?: number }): void;
};

/**
 * Asks the ports of one host. Answers with all results in the order of the questions when they are decided, or `signal`
 * ends it; what is undecided by then has no result. @throws Problem for an address that cannot be asked, a source port that cannot be had, and where sockets lack.
 */
export async function scan(request: ScanRequest, listener: ScanListener, signal?: AbortSignal): Promise<PortResult[]> {
  return new Scan(request, listener, signal).run();
}

class Scan {
  readonly #request: ScanRequest;
  readonly #listener: ScanListener;
  readonly #signal: AbortSignal | undefined;
  readonly #ground: Ground;
  readonly #talks = new Talks();
  readonly #results: PortResult[] = [];
  readonly #order: ReturnType<typeof inOrder>;
  #protocols: Promise<readonly ProbeProtocol[]> | undefined;

  constructor(request: ScanRequest, listener: ScanListener, signal: AbortSignal | undefined) {
    this.#request = request;
    this.#listener = listener;
    this.#signal = signal;
    this.#order = inOrder(request.questions, (result) => {
      this.#results.push(result);
      listener.next?.(result);
    });
    this.#ground = groundFor(request);
  }

  async run(): Promise<PortResult[]> {
    const scans = [...this.#tcp(), ...(await this.#udp())];
    try {
      await drive(scans, this.#ground, this.#signal);
      await this.#talks.ended();
    } finally {
      for (const each of scans) each.close();
      this.#ground.poller.close();
    }
    this.#order.end();
    return this.#results;
  }

  #ports(wanted: Protocol): number[] {
    return this.#request.questions.flatMap(({ protocol, port }) => (protocol === wanted ? [port] : []));
  }

  #loaded(): Promise<readonly ProbeProtocol[]> {
    const { protocols } = this.#request;
    this.#protocols ??= protocols ? Promise.resolve(protocols) : import("./protocols.ts").then((all) => all.PROTOCOLS);
    return this.#protocols;
  }

  #context(port: number): ProbeContext {
    const { name, address, community } = this.#request;
    return { ...(name !== undefined && { name }), address, port, community, nonce: randomBytes(16) };
  }

  #choice(protocols: readonly ProbeProtocol[], question: Question): Choice | undefined {
    const { serviceOf, mayProbe } = this.#request;
    const choice = chooseProbe(protocols, question, serviceOf(question));
    if (choice === undefined || mayProbe?.(choice.chosen.name, question) === false) return undefined;
    return choice;
  }

  #decided(result: PortResult): void {
    this.#order.add(result);
    this.#listener.result?.(result);
  }

  #tcp(): TcpScan[] {
    const ports = this.#ports("tcp");
    if (ports.length === 0) return [];
    const decided = (asked: AskedTcp, judgement: Judgement, now: number) => {
      const { port, connection, tries } = asked;
      const { verdict, reason, unsent } = judgement;
      const milliseconds = since(asked, now);
      // Of 65,535 results most are of this shape: spreading them would take as long as asking.
      const result: PortResult = unsent
        ? { protocol: "tcp", port, verdict, reason, milliseconds, tries, unsent }
        : { protocol: "tcp", port, verdict, reason, milliseconds, tries };
      if (connection === undefined) this.#decided(result);
      else this.#talks.add(() => this.#talk(connection, result));
    };
    return [new TcpScan(this.#ground, ports, decided)];
  }

  /** Asks what listens on a connection, where a protocol for that is known, and closes it. */
  async #talk(fd: number, result: PortResult): Promise<void> {
    const { address, name = address, sourcePort, greeting } = this.#request;
    // The port of a connection that was closed in the usual way stays taken for a minute.
    if (sourcePort !== undefined) resetOnClose(fd);
    const protocols = await this.#loaded();
    const choice = this.#choice(protocols, result) ?? (greeting ? listenOnly(protocols) : undefined);
    const conversation = choice?.protocol.tcp?.(this.#context(result.port));
    if (choice === undefined || conversation === undefined || this.#signal?.aborted) {
      calls().close(fd);
      this.#decided(result);
      return;
    }
    const { protocol, chosen } = choice;
    if (chosen.chosenBy !== "nothing") this.#listener.sending?.({ question: result, probe: chosen });
    const { waits } = this.#ground;
    const { received, answer } = await talk(new Socket({ fd }), conversation, {
      tls: protocol.tls === true,
      name,
      most: waits.talk,
      idle: chosen.chosenBy === "nothing" ? waits.greeting : waits.idle,
      ...(protocol.applicationProtocols && { offered: protocol.applicationProtocols }),
      ...(this.#signal && { signal: this.#signal }),
    });
    this.#decided({ ...result, probe: chosen, received, ...(answer && { answer }) });
  }

  async #udp(): Promise<UdpScan[]> {
    const ports = this.#ports("udp");
    if (ports.length === 0) return [];
    const protocols = await this.#loaded();
    const probeFor = (port: number): Probe | undefined => {
      const choice = this.#choice(protocols, { protocol: "udp", port });
      const exchange = choice?.protocol.udp?.(this.#context(port));
      return choice && exchange && { ...choice, exchange };
    };
    const sending = (port: number, { chosen }: Probe, localPort: number, wanted?: number) => {
      const question: Question = { protocol: "udp", port };
      this.#listener.sending?.({ question, probe: chosen, localPort, ...(wanted !== undefined && { wanted }) });
    };
    const decided = (asked: AskedUdp, judgement: Judgement, now: number) => {
      const { port, tries, probe, answer, received } = asked;
      this.#decided({
        ...{ protocol: "udp", port, ...judgement, milliseconds: since(asked, now), tries },
        ...(probe && { probe: probe.chosen }),
        ...(answer && { answer }),
        ...(received && { received }),
      });
    };
    return [new UdpScan(this.#ground, ports, { probeFor, sending, decided })];
  }
}

function groundFor({ address, sourcePort, slowLink, rate }: ScanRequest): Ground {
  const waits = waitsFor(slowLink);
  const host = hostAddress(address);
  const local = isOwn(host);
  return {
    host,
    local,
    slowLink,
    waits,
    poller: new Poller(),
    timers: new Timers(),
    traffic: new Traffic({ local, rate, now: performance.now() }),
    roundTrip: new RoundTrip(waits.least, waits.tcp),
    icmp: { seen: false, reviewing: false },
    mostSockets: mostSockets(),
    ...(sourcePort !== undefined && { sourcePort }),
  };
}

/** Milliseconds since a port was asked first, in whole microseconds. */
function since({ firstAt }: { firstAt: number }, now: number): number {
  return Math.round((now - firstAt) * 1000) / 1000;
}
