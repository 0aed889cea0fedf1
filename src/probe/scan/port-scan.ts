import type { Judgement } from "../result.ts";
import type { Ground } from "./ground.ts";
import { Queue } from "./queue.ts";
import { Review } from "./review.ts";

/** A port that has been asked and is not decided. */
export type Asked = {
  readonly port: number;
  /** When it was asked first, in milliseconds of `performance.now`. */
  readonly firstAt: number;
  /** How often it has been asked, a review apart. */
  tries: number;
  /** Set once it is known, or given up: whatever comes then is too late. */
  over: boolean;
  /** Its answer is known, and is awaited to learn whether the host still answers. */
  readonly canary?: true;
};

/** Sockets could not be opened for so long, in milliseconds, with none open that could be closed: it is no use. */
const PATIENCE = 2_000;
/** After that long it is tried again. */
const BACKOFF = 10;

/**
 * Asks many ports of one protocol: in order, each as often as its protocol wants, no more at once than is good. What stays
 * silent where the host answers with ICMP is looked at again at the end, since hosts limit these answers.
 */
export abstract class PortScan<A extends Asked> {
  protected readonly ground: Ground;
  readonly #ports: readonly number[];
  #next = 0;
  /** Asked in the first pass, and neither decided nor silent. */
  #waiting = 0;
  readonly #again = new Queue<A>();
  #silent = new Map<number, A>();
  #review: Review | undefined;
  #canary: A | undefined;
  #resumeAt = 0;
  #stuckSince: number | undefined;

  constructor(ground: Ground, ports: readonly number[]) {
    this.ground = ground;
    this.#ports = ports;
  }

  /** Asks a port once more, or for the first time; false where the system has no socket for it now. */
  protected abstract attempt(asked: A, now: number): boolean;
  /** A port that has not been asked. */
  protected abstract begin(port: number, now: number): A;
  /** What is said of a port that gave no answer. */
  protected abstract silence(asked: A): Judgement;
  /** Tells what a port turned out to be. */
  protected abstract decide(asked: A, judgement: Judgement, now: number): void;
  /** How many ports may still be asked at once. */
  protected abstract get room(): number;
  /** How long the end may be put off by a review, in milliseconds. */
  protected abstract readonly reviewLimit: number;
  abstract close(): void;

  /** Asks what may be asked now; whether there was anything to do. */
  work(now: number): boolean {
    if (now < this.#resumeAt) return false;
    const most = Math.min(this.ground.traffic.allowance(now), this.room);
    let left = most;
    while (left > 0 && this.#again.length > 0) {
      const asked = this.#again.shift();
      if (asked?.over === false && !this.#try(asked)) return true;
      left--;
    }
    if (left > 0 && this.hasFresh) left -= this.beginSome(left);
    if (!this.hasFresh && this.#waiting === 0 && this.#again.length === 0) this.#end(now);
    return left < most;
  }

  /** Asks up to `most` fresh ports; how many it were. */
  protected beginSome(most: number): number {
    for (let count = 0; count < most; count++) {
      const asked = this.takeFresh(performance.now());
      if (asked === undefined || !this.#try(asked)) return count;
    }
    return most;
  }

  /** The next port that has not been asked. */
  protected takeFresh(now: number): A | undefined {
    const port = this.#ports[this.#next];
    if (port === undefined) return undefined;
    this.#next++;
    this.#waiting++;
    return this.begin(port, now);
  }

  protected get hasFresh(): boolean {
    return this.#next < this.#ports.length;
  }

  #try(asked: A): boolean {
    const now = performance.now();
    if (!this.attempt(asked, now)) {
      this.#exhausted(asked, now);
      return false;
    }
    this.#stuckSince = undefined;
    this.#review?.sent(asked.port, now);
    return true;
  }

  /** The system gave no socket. */
  #exhausted(asked: A, now: number): void {
    this.#again.push(asked);
    this.#resumeAt = now + BACKOFF;
    this.#stuckSince ??= now;
    if (now - this.#stuckSince > PATIENCE) this.giveUp();
  }

  /** No socket could be opened for long. @throws what stands in the way */
  protected abstract giveUp(): never;

  /** The port is asked once more, as soon as that may be. */
  protected retry(asked: A): void {
    this.#again.push(asked);
  }

  /** The port answered, or somebody did for it. */
  protected answered(asked: A, judgement: Judgement, now: number, byIcmp = false): void {
    if (asked.over) return;
    asked.over = true;
    if (byIcmp) {
      this.#canary = asked;
      this.ground.icmp.seen = true;
    }
    this.#review?.answered(asked.port);
    if (asked.canary) return;
    if (!this.#silent.delete(asked.port)) this.#waiting--;
    this.decide(asked, judgement, now);
  }

  /** All tries were in vain. */
  protected unanswered(asked: A): void {
    if (asked.over || this.inReview(asked)) return;
    this.#waiting--;
    this.#silent.set(asked.port, asked);
  }

  /** Whether a port is asked beyond its tries: then it is not the single try that counts. */
  protected inReview(asked: A): boolean {
    return asked.canary === true || this.#silent.has(asked.port);
  }

  /** Everything has been asked: what stayed silent is looked at again where that may change a verdict. */
  #end(now: number): void {
    const { icmp, local } = this.ground;
    if (this.#review !== undefined && this.done) icmp.reviewing = false;
    // Two reviews would take the host's messages from each other.
    if (this.#silent.size === 0 || this.#review !== undefined || icmp.reviewing) return;
    if (!icmp.seen || local) {
      for (const port of [...this.#silent.keys()]) this.#confirm(port, now);
      return;
    }
    icmp.reviewing = true;
    this.#review = new Review({
      silent: () => this.#silent.keys(),
      canary: () => this.#canary?.port,
      ask: (port) => this.#ask(port),
      confirm: (port, at) => this.#confirm(port, at),
      timers: this.ground.timers,
      wait: () => this.ground.roundTrip.wait,
      until: now + this.reviewLimit,
    });
    this.#review.begin(now);
  }

  #ask(port: number): void {
    const asked = this.#silent.get(port);
    if (asked !== undefined) this.#again.push(asked);
    else if (this.#canary?.port === port) this.#again.push({ ...this.#canary, over: false, canary: true });
  }

  #confirm(port: number, now: number): void {
    const asked = this.#silent.get(port);
    if (asked === undefined) return;
    this.#silent.delete(port);
    asked.over = true;
    this.decide(asked, this.silence(asked), now);
  }

  /** Whether every port is decided. */
  get done(): boolean {
    return !this.hasFresh && this.#waiting === 0 && this.#silent.size === 0;
  }

  /** When there is something to ask again. */
  next(now: number): number {
    if (this.#again.length === 0 && !this.hasFresh) return Number.POSITIVE_INFINITY;
    if (this.room <= 0) return Number.POSITIVE_INFINITY;
    return Math.max(this.#resumeAt, this.ground.traffic.next(now));
  }
}
