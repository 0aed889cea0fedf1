import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Conversation, ProbeAnswer, Step, TlsFacts } from "../protocol.ts";
import { Received } from "./received.ts";
import { encrypt, tlsFacts } from "./tls.ts";

/** What comes without being asked for again is read up to here: nothing that a server has to say is longer. */
const MOST_SINCE_QUESTION = 256 << 10;
/** What is kept of everything, to be shown as it came. */
const MOST_KEPT = 64 << 10;
/** A conversation that asks more often leads nowhere. */
const MOST_QUESTIONS = 64;
/** However small the pieces are in which an answer comes, it is not looked at more often, in milliseconds. */
const PAUSE = 10;
/** How long a goodbye may take to leave, in milliseconds. */
const GOODBYE = 200;

export type TalkOptions = {
  /** Whether it is encrypted from the first byte. */
  tls: boolean;
  /** Protocols to offer in the handshake. */
  offered?: readonly string[];
  /** The name, or else the address, that a certificate is held to. */
  name: string;
  /** How long it may take, and how long the server may say nothing, in milliseconds. */
  most: number;
  idle: number;
  signal?: AbortSignal;
};

/** What became of a conversation. Without an answer the server said nothing, or not in this protocol. */
export type TalkOutcome = { answer?: ProbeAnswer; received: Uint8Array };

/** Leads a conversation on a connected socket, within bounds of time and bytes, and closes it. Never rejects. */
export function talk(socket: Socket, conversation: Conversation, options: TalkOptions): Promise<TalkOutcome> {
  return new Promise((resolve) => new Talk(socket, conversation, options, resolve).begin());
}

class Talk {
  readonly #conversation: Conversation;
  readonly #options: TalkOptions;
  readonly #resolve: (outcome: TalkOutcome) => void;
  readonly #received = new Received(MOST_KEPT);
  readonly #deadline: NodeJS.Timeout;
  readonly #abort = () => this.#end();
  readonly #closed = () => this.#last();
  readonly #data = (chunk: Uint8Array) => this.#take(chunk);
  #socket: Socket | TLSSocket;
  #idle: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #questions = 0;
  #facts: TlsFacts | undefined;
  #over = false;

  constructor(
    socket: Socket,
    conversation: Conversation,
    options: TalkOptions,
    resolve: (outcome: TalkOutcome) => void,
  ) {
    this.#socket = socket;
    this.#conversation = conversation;
    this.#options = options;
    this.#resolve = resolve;
    this.#deadline = setTimeout(() => this.#last(), options.most);
    options.signal?.addEventListener("abort", this.#abort);
  }

  begin(): void {
    this.#listen();
    if (this.#options.tls) this.#encrypt(undefined);
    else this.#speak();
  }

  #listen(): void {
    this.#waitOn();
    this.#socket.on("data", this.#data).on("end", this.#closed).on("error", this.#closed).on("close", this.#closed);
  }

  #speak(): void {
    const { first } = this.#conversation;
    if (first !== undefined) this.#send(first);
  }

  #send(bytes: Uint8Array): void {
    this.#received.question();
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#waitOn();
    this.#socket.write(bytes);
  }

  #take(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#received.add(chunk);
    this.#waitOn();
    if (this.#received.length >= MOST_SINCE_QUESTION) {
      this.#last();
      return;
    }
    const left = this.#lookedAt + PAUSE - performance.now();
    if (left <= 0) this.#next(false);
    else this.#look ??= setTimeout(() => this.#next(false), left);
  }

  #waitOn(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#last(), this.#options.idle);
  }

  #next(ended: boolean): void {
    clearTimeout(this.#look);
    this.#look = undefined;
    if (this.#over) return;
    this.#lookedAt = performance.now();
    this.#do(this.#conversation.next(this.#received.sinceQuestion(), ended, this.#facts), ended);
  }

  /** Nothing more comes: what was understood by now is the answer. */
  #last(): void {
    if (this.#over) return;
    // Inside an unfinished handshake the conversation has not begun.
    if (this.#options.tls && this.#facts === undefined) this.#end();
    else this.#next(true);
    this.#end();
  }

  #do(step: Step, ended: boolean): void {
    if ("answer" in step) this.#end(step.answer, ended ? undefined : step.goodbye);
    else if ("foreign" in step || ended) this.#end();
    else if ("send" in step) {
      if (++this.#questions > MOST_QUESTIONS) this.#end();
      else this.#send(step.send);
    } else if ("startTls" in step) {
      this.#received.question();
      if (step.announce !== undefined) this.#socket.write(step.announce);
      this.#encrypt(step.serverName);
    }
  }

  #encrypt(serverName: string | undefined): void {
    // From here on only what comes out of the encryption counts; an error of the bare socket is told there too.
    this.#socket.off("data", this.#data).off("end", this.#closed).off("close", this.#closed);
    const secure = encrypt(this.#socket, serverName ?? this.#options.name, this.#options.offered);
    this.#socket = secure;
    this.#listen();
    secure.once("secureConnect", () => {
      if (this.#over) return;
      this.#facts = tlsFacts(secure);
      if (this.#options.tls && this.#conversation.first !== undefined) this.#speak();
      else this.#next(false);
    });
  }

  #end(answer?: ProbeAnswer, goodbye?: Uint8Array): void {
    if (this.#over) return;
    this.#over = true;
    for (const timer of [this.#deadline, this.#idle, this.#look]) clearTimeout(timer);
    this.#options.signal?.removeEventListener("abort", this.#abort);
    const outcome = { received: this.#received.everything(), ...(answer && { answer }) };
    if (goodbye === undefined) {
      this.#socket.destroy();
      this.#resolve(outcome);
      return;
    }
    const left = setTimeout(() => this.#socket.destroy(), GOODBYE);
    this.#socket.once("close", () => {
      clearTimeout(left);
      this.#resolve(outcome);
    });
    this.#socket.end(goodbye, () => this.#socket.destroy());
  }
}
