import { Problem } from "../../model/problem.ts";
import { judgeErrno, judgeError } from "../judgement.ts";
import type { Exchange, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import type { ChosenProbe, Judgement } from "../result.ts";
import type { Ground } from "../scan/ground.ts";
import { type Asked, PortScan } from "../scan/port-scan.ts";
import { ECONNREFUSED, errnoName, isExhausted } from "../socket/errno.ts";
import { decodeAddress, encodeAddress, setPort } from "../socket/layout/address.ts";
import { takeError } from "../socket/queued-errors.ts";
import { type Datagram, receive, send } from "../socket/udp.ts";
import { type Door, Doors } from "./door.ts";

/** Datagrams after which this machine's answers are read: they share a buffer that does not hold many more. */
const READ_AFTER = 32;
/** How often a datagram is sent that an error of an earlier one stands in the way of. */
const SENDS = 4;
const EMPTY = new Uint8Array();

/** A message in a protocol for one port. */
export type Probe = { readonly chosen: ChosenProbe; readonly protocol: ProbeProtocol; readonly exchange: Exchange };

/** A UDP port that has been asked, with an empty datagram where no probe is known for it. */
export type AskedUdp = Asked & {
  readonly probe?: Probe;
  sentAt: number;
  answer?: ProbeAnswer;
  /** What came back, understood or not. */
  received?: Uint8Array;
};

/** What a scan of UDP asks with, and whom it tells. */
export type UdpParts = {
  probeFor: (port: number) => Probe | undefined;
  /** A probe is about to be sent for the first time, from a local port; it `wanted` another where that was not to be had. */
  sending: (port: number, probe: Probe, localPort: number, wanted?: number) => void;
  decided: (asked: AskedUdp, judgement: Judgement, now: number) => void;
};

/** Asks UDP ports by sending them datagrams. */
export class UdpScan extends PortScan<AskedUdp> {
  /** Without a review a closed port cannot be told from a silent one: it takes the time that it takes. */
  protected readonly reviewLimit = Number.POSITIVE_INFINITY;
  readonly #parts: UdpParts;
  readonly #doors: Doors;
  readonly #address: Uint8Array;
  readonly #host: string | undefined;
  readonly #waiting = new Map<number, AskedUdp>();
  readonly #elsewhere = new Set<AskedUdp>();
  #unread = 0;
  #failure = 0;

  constructor(ground: Ground, ports: readonly number[], parts: UdpParts) {
    super(ground, ports);
    this.#parts = parts;
    this.#address = encodeAddress(ground.host, 0);
    this.#host = decodeAddress(this.#address)?.address;
    this.#doors = new Doors(ground.host, ground.poller, ground.sourcePort, (door) => this.#read(door));
  }

  protected get room(): number {
    return Number.MAX_SAFE_INTEGER;
  }

  protected begin(port: number, now: number): AskedUdp {
    const probe = this.#parts.probeFor(port);
    return { port, firstAt: now, sentAt: now, tries: 0, over: false, ...(probe && { probe }) };
  }

  protected silence({ tries, probe }: AskedUdp): Judgement {
    const what = probe === undefined ? "no answer" : `no answer to the ${probe.chosen.name} probe`;
    const why = probe?.protocol.silence === undefined ? "" : `: ${probe.protocol.silence}`;
    return { verdict: "listening-or-filtered", reason: `${what} in ${tries} ${tries === 1 ? "try" : "tries"}${why}` };
  }

  protected decide(asked: AskedUdp, judgement: Judgement, now: number): void {
    if (this.#waiting.get(asked.port) === asked) this.#waiting.delete(asked.port);
    this.#elsewhere.delete(asked);
    this.#parts.decided(asked, judgement, now);
  }

  protected attempt(asked: AskedUdp, now: number): boolean {
    const { local, traffic, timers } = this.ground;
    const door = this.#doorFor(asked);
    if (local && this.#doors.holds(asked.port)) {
      this.answered(asked, { verdict: "not-listening", reason: "free: only this query holds it, to ask from" }, now);
      return true;
    }
    this.#waiting.set(asked.port, asked);
    if (asked.probe?.protocol.answersFromAnyPort) this.#elsewhere.add(asked);
    const errno = this.#send(door, asked);
    if (isExhausted(errno) || errno === ECONNREFUSED) {
      this.#failure = errno;
      return false;
    }
    if (!this.inReview(asked)) asked.tries++;
    asked.sentAt = now;
    traffic.sent();
    if (errno !== 0) {
      this.answered(asked, judgeErrno(errno), now);
      return true;
    }
    const number = asked.tries;
    timers.at(now + this.#wait(asked), () => this.#expire(asked, number));
    if (local && ++this.#unread >= READ_AFTER) this.#read(door);
    return true;
  }

  protected giveUp(): never {
    throw new Problem("not-available", "no datagram can be sent", {
      why: `The system answers ${errnoName(this.#failure)}.`,
      next: "./portolan ls",
    });
  }

  #doorFor(asked: AskedUdp): Door {
    const main = this.#doors.main();
    const { probe } = asked;
    if (probe === undefined) return main;
    const wanted = probe.protocol.sourcePort;
    const door = wanted === undefined ? main : (this.#doors.special(wanted) ?? main);
    if (asked.tries === 0) {
      this.#parts.sending(asked.port, probe, door.port, wanted === door.port ? undefined : wanted);
    }
    return door;
  }

  /** An error of an earlier datagram is told to the next one (udp(7)): it is taken from the queue, and this one sent again. */
  #send(door: Door, asked: AskedUdp): number {
    const exchange = asked.probe?.exchange;
    const messages = exchange === undefined ? [EMPTY] : [exchange.request, ...(exchange.further ?? [])];
    const bytes = messages[asked.tries % messages.length] ?? EMPTY;
    let errno = 0;
    for (let count = 0; count < SENDS; count++) {
      setPort(this.#address, asked.port);
      errno = send(door.fd, bytes, this.#address);
      if (errno === 0) break;
      this.#read(door);
    }
    return errno;
  }

  #wait({ probe }: AskedUdp): number {
    return probe === undefined ? this.ground.roundTrip.wait : this.ground.waits.probe;
  }

  #expire(asked: AskedUdp, number: number): void {
    if (asked.over || asked.tries !== number || this.inReview(asked)) return;
    const { probe, received } = asked;
    const most = Math.max(this.ground.waits.udpTries, (probe?.exchange.further?.length ?? 0) + 1);
    if (asked.tries < most) this.retry(asked);
    else if (received !== undefined) this.#heard(asked, performance.now());
    else this.unanswered(asked);
  }

  #read(door: Door): void {
    this.#unread = 0;
    const now = performance.now();
    for (let taken = takeError(door.fd); taken !== undefined; taken = takeError(door.fd)) {
      const asked = this.#waiting.get(taken.port);
      if (asked === undefined || asked.over) continue;
      if (asked.tries === 1) this.ground.roundTrip.sample(now - asked.sentAt);
      this.ground.traffic.answered();
      this.answered(asked, judgeError(taken.error), now, taken.error.origin !== "local");
    }
    for (let datagram = receive(door.fd); datagram !== undefined; datagram = receive(door.fd)) {
      if (datagram.address === this.#host) this.#take(datagram, now);
    }
  }

  #take({ port, bytes }: Datagram, now: number): void {
    const asked = this.#waiting.get(port);
    if (asked !== undefined && !asked.over) {
      this.ground.traffic.answered();
      asked.received ??= bytes;
      if (asked.probe === undefined) this.#heard(asked, now);
      else this.#understand(asked, asked.probe, bytes, now);
      return;
    }
    for (const each of this.#elsewhere) if (each.probe && this.#understand(each, each.probe, bytes, now)) return;
  }

  #understand(asked: AskedUdp, { exchange }: Probe, bytes: Uint8Array, now: number): boolean {
    const answer = exchange.read(bytes);
    if (answer === undefined) return false;
    asked.received = bytes;
    asked.answer = answer;
    this.#heard(asked, now);
    return true;
  }

  #heard(asked: AskedUdp, now: number): void {
    const { probe } = asked;
    const reason = probe === undefined ? "answered" : `answered the ${probe.chosen.name} probe`;
    this.answered(asked, { verdict: "listening", reason }, now);
  }

  close(): void {
    this.#doors.close();
  }
}
