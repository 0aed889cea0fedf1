import { Problem } from "../../model/problem.ts";
import { calls } from "../socket/calls.ts";
import type { HostAddress } from "../socket/layout/address.ts";
import type { Poller } from "../socket/poller.ts";
import { localPort, openUdp } from "../socket/udp.ts";

/** A UDP socket that asks any number of ports, and the local port that it asks from. */
export type Door = { readonly fd: number; readonly port: number };

/** The sockets of a scan: one for all ports, and one for each local port that a protocol insists on. */
export class Doors {
  readonly #host: HostAddress;
  readonly #poller: Poller;
  readonly #input: (door: Door) => void;
  readonly #special = new Map<number, Door | undefined>();
  #main: Door | undefined;
  readonly #sourcePort: number | undefined;

  /** `input` is called when something can be taken from a door. */
  constructor(host: HostAddress, poller: Poller, sourcePort: number | undefined, input: (door: Door) => void) {
    this.#host = host;
    this.#poller = poller;
    this.#sourcePort = sourcePort;
    this.#input = input;
  }

  /** The door that every port is asked through. @throws Problem where the source port cannot be had */
  main(): Door {
    this.#main ??= this.#open(this.#sourcePort);
    return this.#main;
  }

  /** A door on a local port; undefined where that one cannot be had. */
  special(port: number): Door | undefined {
    if (port === this.#main?.port) return this.#main;
    if (!this.#special.has(port)) this.#special.set(port, this.#openOrNone(port));
    return this.#special.get(port);
  }

  /** Whether a port of this machine is held by one of these sockets, and therefore by nobody else. */
  holds(port: number): boolean {
    return this.#main?.port === port || this.#special.get(port) !== undefined;
  }

  #openOrNone(port: number): Door | undefined {
    try {
      return this.#open(port);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  #open(sourcePort: number | undefined): Door {
    const fd = openUdp(this.#host, sourcePort);
    const door = { fd, port: localPort(fd, this.#host) };
    this.#poller.watchInput(fd, () => this.#input(door));
    return door;
  }

  close(): void {
    for (const door of [this.#main, ...this.#special.values()]) {
      if (door === undefined) continue;
      this.#poller.forget(door.fd);
      calls().close(door.fd);
    }
    this.#special.clear();
    this.#main = undefined;
  }
}
