import type { CollectorEvent } from "../../model/event.ts";

/** The ports that are listened on while a capture goes on. */
export class OpenPorts {
  readonly #bySocket = new Map<string, number>();

  add(events: readonly CollectorEvent[]): void {
    for (const event of events) {
      if (event.kind === "listen") this.#bySocket.set(event.socket, event.local.port);
      else if (event.kind === "unlisten") this.#bySocket.delete(event.socket);
    }
  }

  has(port: number): boolean {
    return [...this.#bySocket.values()].includes(port);
  }
}
