import { calls } from "./calls.ts";
import { succeeded } from "./errno.ts";
import { EPOLLIN, EPOLLOUT, eventLayout } from "./layout/epoll.ts";

/** EPOLL_CLOEXEC, EPOLL_CTL_ADD and EPOLL_CTL_DEL, include/uapi/linux/eventpoll.h */
const CLOSE_ON_EXEC = 0o2000000;
const ADD = 1;
const DELETE = 2;

/** Events that one look can bring; what is beyond comes with the next. */
const MOST = 256;

/** What is called when something happened on a socket. */
export type Handler = (fd: number) => void;

/** Tells which of many sockets have something to say (epoll(7), level-triggered). */
export class Poller {
  readonly #epoll = succeeded("epoll_create1", calls().epollCreate(CLOSE_ON_EXEC));
  readonly #layout = eventLayout(process.arch);
  readonly #events = new Uint8Array(this.#layout.size * MOST);
  readonly #view = new DataView(this.#events.buffer);
  readonly #event = new Uint8Array(this.#layout.size);
  readonly #eventView = new DataView(this.#event.buffer);
  readonly #handlers = new Map<number, Handler>();

  /** Calls `handler` when a connection attempt on `fd` has ended. */
  watchConnect(fd: number, handler: Handler): void {
    this.#add(fd, EPOLLOUT, handler);
  }

  /** Calls `handler` when something can be read from `fd`, or an error is queued. */
  watchInput(fd: number, handler: Handler): void {
    this.#add(fd, EPOLLIN, handler);
  }

  #add(fd: number, events: number, handler: Handler): void {
    this.#eventView.setUint32(0, events, true);
    this.#eventView.setInt32(this.#layout.data, fd, true);
    succeeded("epoll_ctl", calls().epollControl(this.#epoll, ADD, fd, this.#event));
    this.#handlers.set(fd, handler);
  }

  /** Forgets a socket; before it is closed. */
  forget(fd: number): void {
    if (this.#handlers.delete(fd)) calls().epollControl(this.#epoll, DELETE, fd, null);
  }

  /** Handles what has happened, without waiting; how many sockets had something to say. */
  look(): number {
    return this.#handle(calls().epollWait(this.#epoll, this.#events, MOST, 0));
  }

  /** The same, and waits for it, at most so long. */
  async wait(milliseconds: number): Promise<number> {
    return this.#handle(await calls().epollWaitAside(this.#epoll, this.#events, MOST, milliseconds));
  }

  /** A call that failed was interrupted: nothing is lost by looking again. */
  #handle(count: number): number {
    for (let index = 0; index < count; index++) {
      const fd = this.#view.getInt32(index * this.#layout.size + this.#layout.data, true);
      this.#handlers.get(fd)?.(fd);
    }
    return Math.max(0, count);
  }

  close(): void {
    calls().close(this.#epoll);
  }
}
