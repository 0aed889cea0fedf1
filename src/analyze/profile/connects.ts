import { type Endpoint, isLoopback, type Protocol } from "../../model/endpoint.ts";
import type { FlowEvent } from "../../model/event.ts";
import type { Mark } from "../../model/mark.ts";
import type { ProfileConnect } from "../../model/profile.ts";
import { type Limits, Overflow } from "./limits.ts";
import { portKey } from "./listen-index.ts";
import type { Names } from "./names.ts";
import type { Timeline } from "./timeline.ts";
import { addFlow, addMark, newUsage, type Usage, usageDocument } from "./usage.ts";

type Connect = {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  /** Of a loopback address: each network namespace has its own. */
  readonly namespace: number | undefined;
  usage: Usage;
  name: string | undefined;
  /** Up to which DNS answer the name was looked for. */
  answers: number;
};

/** The remote ports that the application connected to, or tried to. */
export class Connects {
  /** By port, then by address, which holds one for each network namespace. */
  readonly #byPort = new Map<number, Map<string, Connect[]>>();
  readonly #limits: Limits;
  readonly #names: Names;
  readonly #timeline: Timeline;
  #size = 0;
  readonly overflow = new Overflow("more remote ports than are kept: the later ones are missing");
  /** A connect's row is its remote endpoint: an exchange without one cannot have a row, so it is a gap. */
  readonly peersUnknown = new Overflow("the peers of some outbound UDP exchanges could not be learned");

  constructor(limits: Limits, names: Names, timeline: Timeline) {
    this.#limits = limits;
    this.#names = names;
    this.#timeline = timeline;
  }

  /** An outbound flow, or an attempt at one. */
  flow(event: FlowEvent): void {
    const { remote } = event;
    if (remote === undefined) {
      if (event.begun || event.failed !== undefined) this.peersUnknown.count(event.at);
      return;
    }
    const namespace = isLoopback(remote.address) ? event.networkNamespace : undefined;
    const row = this.#row(event.protocol, remote, namespace, event.startedAt);
    if (row === undefined) {
      this.overflow.count(event.at);
      return;
    }
    if (row.name === undefined && row.answers !== this.#names.answers && (event.begun || event.failed !== undefined)) {
      row.name = this.#names.latest(row.address);
      row.answers = this.#names.answers;
    }
    if (event.begun || event.failed !== undefined) {
      addMark(row.usage, this.#timeline.at(event.startedAt), this.#limits);
    }
    addFlow(row.usage, event, this.#limits);
  }

  #row(protocol: Protocol, remote: Endpoint, namespace: number | undefined, at: number): Connect | undefined {
    const { address, port } = remote;
    const key = portKey(protocol, port);
    let addresses = this.#byPort.get(key);
    if (addresses === undefined) {
      addresses = new Map();
      this.#byPort.set(key, addresses);
    }
    const there = addresses.get(address);
    if (there !== undefined) for (const known of there) if (known.namespace === namespace) return known;
    if (this.#size >= this.#limits.connects) return undefined;
    this.#size++;
    this.#timeline.sawNew(at);
    const row = { protocol, address, port, namespace, usage: newUsage(at), name: undefined, answers: 0 };
    if (there === undefined) addresses.set(address, [row]);
    else there.push(row);
    return row;
  }

  /** The rows as the document states them, by protocol, port and address. */
  document(marks: readonly Mark[]): ProfileConnect[] {
    const rows = [...this.#byPort.values()].flatMap((addresses) => [...addresses.values()].flat());
    return rows.sort(byRemote).map((row) => {
      const names = this.#names.until(row.address, row.usage.lastSeen);
      const name = row.name ?? names[0];
      return {
        protocol: row.protocol,
        remote: { address: row.address, port: row.port },
        ...(row.namespace === undefined ? {} : { networkNamespace: row.namespace }),
        ...(name === undefined ? {} : { name }),
        ...(names.length < 2 ? {} : { names }),
        ...usageDocument(row.usage, marks),
        failed: row.usage.failed,
      };
    });
  }
}

function byRemote(a: Connect, b: Connect): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  if (a.port !== b.port) return a.port - b.port;
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return (a.namespace ?? 0) - (b.namespace ?? 0);
}
