import type { Protocol } from "../../model/endpoint.ts";
import { isWildcard } from "../../model/endpoint.ts";

/** Ports below belong to services: only a privileged program takes one, and no system gives one to a client. */
const PRIVILEGED = 1024;

/** Ports that were held open, by which it is told who began a connection: the logs do not say. */
export class ListeningPorts {
  readonly #ports = new Set<string>();

  add(protocol: Protocol, port: number, address: string): void {
    this.#ports.add(`${protocol} ${port} ${isWildcard(address) ? "*" : address}`);
  }

  /**
   * Whether a connection came in: its local port was held open, or where neither is known to be, the local port alone is one
   * of a service.
   */
  isInbound(protocol: Protocol, local: { port: number; address: string }, remotePort: number | undefined): boolean {
    const { port, address } = local;
    if (this.#ports.has(`${protocol} ${port} *`) || this.#ports.has(`${protocol} ${port} ${address}`)) return true;
    return port < PRIVILEGED && (remotePort ?? 0) >= PRIVILEGED;
  }
}
