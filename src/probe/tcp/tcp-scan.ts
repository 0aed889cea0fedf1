import { Problem } from "../../model/problem.ts";
import { CONNECTED, judgeErrno, judgeError, silent } from "../judgement.ts";
import type { Judgement } from "../result.ts";
import type { Ground } from "../scan/ground.ts";
import { type Asked, PortScan } from "../scan/port-scan.ts";
import { calls } from "../socket/calls.ts";
import {
  EADDRNOTAVAIL,
  EALREADY,
  EINPROGRESS,
  EISCONN,
  errnoName,
  isExhausted,
  SocketFailure,
} from "../socket/errno.ts";
import { encodeAddress, type HostAddress, setPort } from "../socket/layout/address.ts";
import { localEnd, sourcePortInUse } from "../socket/local-port.ts";
import { takeError } from "../socket/queued-errors.ts";
import { connect, openTcp } from "../socket/tcp.ts";
import { sweep } from "./sweep.ts";

/** Tries that a port gets beyond the usual ones where packets are known to get lost. */
const MORE_TRIES = 2;
/** How long silent ports are looked at again: no verdict changes by it, but where ICMP says that nobody listens. */
const REVIEW = 5_000;

/** A try under way: its socket, when its SYN was sent, and which of the port's tries it is. */
type Attempt = { readonly fd: number; readonly sentAt: number; readonly number: number };

/** A TCP port that has been asked. Its tries stay open beside each other: a late answer to the first one counts. */
export type AskedTcp = Asked & {
  attempts: readonly Attempt[];
  readonly lossesBefore: number;
  /** The connected socket, which belongs to whoever is told. */
  connection?: number;
};

/** Most ports never have a try that lasts. */
const NONE: readonly Attempt[] = [];

/** Told once of every port. */
export type TcpDecision = (asked: AskedTcp, judgement: Judgement, now: number) => void;

/** Asks TCP ports by connecting to them. */
export class TcpScan extends PortScan<AskedTcp> {
  protected readonly reviewLimit = REVIEW;
  readonly #address: Uint8Array;
  readonly #decision: TcpDecision;
  readonly #open = new Set<number>();
  #failure = 0;

  constructor(ground: Ground, ports: readonly number[], decision: TcpDecision) {
    super(ground, ports);
    this.#address = encodeAddress(ground.host, 0);
    this.#decision = decision;
  }

  protected get room(): number {
    return this.ground.mostSockets - this.#open.size;
  }

  protected begin(port: number, now: number): AskedTcp {
    return { port, firstAt: now, tries: 0, over: false, attempts: NONE, lossesBefore: this.ground.traffic.losses };
  }

  protected silence({ tries }: AskedTcp): Judgement {
    return silent(tries);
  }

  protected decide(asked: AskedTcp, judgement: Judgement, now: number): void {
    this.#decision(asked, judgement, now);
  }

  /** This machine answers before connect(2) returns: nothing need be awaited. */
  protected override beginSome(most: number): number {
    const { local, sourcePort, host } = this.ground;
    if (!local || sourcePort !== undefined) return super.beginSome(most);
    const count = sweep(host, this.#address, most, {
      take: () => this.takeFresh(performance.now()),
      refused: (asked, judgement, now) => this.answered(asked, judgement, now),
      followed: (asked, fd, errno) => this.#follow(asked, fd, errno, asked.firstAt),
      refuse: (asked) => this.retry(asked),
    });
    this.ground.traffic.sent(count);
    return count > 0 ? count : super.beginSome(1);
  }

  protected attempt(asked: AskedTcp, now: number): boolean {
    const { host, sourcePort, slowLink, traffic } = this.ground;
    // Two connections cannot have both ends in common.
    if (sourcePort !== undefined) this.#closeAttempts(asked);
    const fd = this.#opened(host, sourcePort);
    if (fd === undefined) return false;
    setPort(this.#address, asked.port);
    const errno = connect(fd, this.#address);
    if (errno === EADDRNOTAVAIL || isExhausted(errno)) {
      this.#failure = errno;
      calls().close(fd);
      if (sourcePort !== undefined && errno === EADDRNOTAVAIL) throw sourcePortInUse(sourcePort);
      return false;
    }
    // On a slow link a try lasts so long that the kernel sends a SYN of its own.
    traffic.sent(slowLink ? 2 : 1);
    if (!this.inReview(asked)) asked.tries++;
    this.#follow(asked, fd, errno, now);
    return true;
  }

  /** A socket; undefined where the system has none to give now. */
  #opened(host: HostAddress, sourcePort: number | undefined): number | undefined {
    try {
      return openTcp(host, sourcePort);
    } catch (error) {
      if (!(error instanceof SocketFailure) || !isExhausted(error.errno)) throw error;
      this.#failure = error.errno;
      return undefined;
    }
  }

  protected giveUp(): never {
    throw new Problem("not-available", "no socket can be opened", {
      why: `The system answers ${errnoName(this.#failure)}: too many are open already.`,
      next: "./portolan ls",
    });
  }

  /** A try has been sent: it is over at once, or goes on. */
  #follow(asked: AskedTcp, fd: number, errno: number, now: number): void {
    this.#open.add(fd);
    const attempt = { fd, sentAt: now, number: asked.tries };
    asked.attempts = [...asked.attempts, attempt];
    if (errno !== EINPROGRESS && errno !== EALREADY) {
      this.#ended(asked, attempt, errno);
      return;
    }
    const { poller, timers, roundTrip, waits } = this.ground;
    poller.watchConnect(fd, () => this.#look(asked, attempt));
    timers.at(now + roundTrip.wait, () => this.#expire(asked, attempt));
    timers.at(now + waits.tcp, () => this.#drop(asked, attempt));
  }

  /** Something happened on a try's socket. A message may have come that TCP itself waits on regardless. */
  #look(asked: AskedTcp, attempt: Attempt): void {
    const queued = takeError(attempt.fd);
    if (queued !== undefined && !asked.over) {
      this.#measure(asked, attempt);
      this.answered(asked, judgeError(queued.error), performance.now(), queued.error.origin !== "local");
      this.#closeAttempts(asked);
      return;
    }
    setPort(this.#address, asked.port);
    const errno = connect(attempt.fd, this.#address);
    if (errno !== EALREADY && errno !== EINPROGRESS) this.#ended(asked, attempt, errno);
  }

  #ended(asked: AskedTcp, attempt: Attempt, errno: number): void {
    const now = performance.now();
    if (errno !== 0 && errno !== EISCONN) {
      const queued = takeError(attempt.fd);
      this.#measure(asked, attempt);
      this.answered(asked, queued ? judgeError(queued.error) : judgeErrno(errno), now, queued !== undefined);
    } else if (this.#isOwn(attempt.fd, asked.port)) {
      this.#drop(asked, attempt);
      if (!asked.over) this.retry(asked);
      return;
    } else {
      this.#measure(asked, attempt);
      this.#connected(asked, attempt, now);
    }
    this.#closeAttempts(asked);
  }

  #connected(asked: AskedTcp, attempt: Attempt, now: number): void {
    if (!asked.over && !asked.canary) {
      asked.attempts = asked.attempts.filter((each) => each !== attempt);
      this.ground.poller.forget(attempt.fd);
      this.#open.delete(attempt.fd);
      asked.connection = attempt.fd;
    }
    this.answered(asked, CONNECTED, now);
  }

  /**
   * Whether the connection leads from a socket to itself: among the ports of this machine is the one that the kernel had
   * just given it (RFC 9293 section 3.5, simultaneous open). Nobody else listens there.
   */
  #isOwn(fd: number, port: number): boolean {
    return this.ground.local && localEnd(fd, this.ground.host)?.port === port;
  }

  #measure(asked: AskedTcp, attempt: Attempt): void {
    if (asked.over) return;
    const now = performance.now();
    const { roundTrip, traffic } = this.ground;
    roundTrip.sample(now - attempt.sentAt);
    traffic.answered();
    const [earliest] = asked.attempts;
    if (earliest !== undefined && earliest !== attempt) traffic.lost(earliest.sentAt, now);
  }

  /** A try had its time. */
  #expire(asked: AskedTcp, attempt: Attempt): void {
    if (asked.over || asked.tries !== attempt.number || this.inReview(asked)) return;
    const { traffic, waits, timers } = this.ground;
    const most = waits.tcpTries + (traffic.losses > asked.lossesBefore ? MORE_TRIES : 0);
    if (asked.tries < most) {
      this.retry(asked);
      return;
    }
    // The first try may still be answered as long as it is open.
    timers.at(asked.firstAt + waits.tcp, () => this.unanswered(asked));
  }

  #drop(asked: AskedTcp, attempt: Attempt): void {
    if (!asked.attempts.includes(attempt)) return;
    asked.attempts = asked.attempts.filter((each) => each !== attempt);
    this.#close(attempt.fd);
  }

  #closeAttempts(asked: AskedTcp): void {
    for (const { fd } of asked.attempts) this.#close(fd);
    asked.attempts = NONE;
  }

  #close(fd: number): void {
    this.ground.poller.forget(fd);
    calls().close(fd);
    this.#open.delete(fd);
  }

  close(): void {
    for (const fd of this.#open) this.#close(fd);
  }
}
