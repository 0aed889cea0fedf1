import { exposureOf, isWildcard, type Protocol } from "../../model/endpoint.ts";
import type { FlowEvent, ListenEvent, UnlistenEvent } from "../../model/event.ts";
import type { Mark } from "../../model/mark.ts";
import type { ProfileListen } from "../../model/profile.ts";
import type { Micros } from "../../model/time.ts";
import { type Limits, Overflow } from "./limits.ts";
import { findListen, type Listen, ListenIndex } from "./listen-index.ts";
import type { Names } from "./names.ts";
import { addEvidence, addProcess } from "./ownership.ts";
import { addPeer, newPeers, peersDocument } from "./peers.ts";
import type { Timeline } from "./timeline.ts";
import { addCallers, addFlow, addMark, addMoment, newUsage, usageDocument } from "./usage.ts";

/** The ports that the application listened on, and who came to them. */
export class Listens {
  readonly #index = new ListenIndex();
  readonly #rows: Listen[] = [];
  readonly #bySocket = new Map<string, Listen>();
  readonly #limits: Limits;
  readonly #timeline: Timeline;
  readonly overflow = new Overflow("more listening ports than are kept: the later ones are missing");
  readonly peersOverflow = new Overflow(
    "more peers of one listening port than are kept: their flows are counted, they are not listed",
  );
  readonly peersUnknown = new Overflow("the peers of some inbound UDP exchanges could not be learned");

  constructor(limits: Limits, timeline: Timeline) {
    this.#limits = limits;
    this.#timeline = timeline;
  }

  /** How many sockets listen now. */
  get open(): number {
    return this.#bySocket.size;
  }

  listen(event: ListenEvent): void {
    const { protocol, local, networkNamespace } = event;
    const row = this.#row(protocol, local.address, local.port, networkNamespace, event.at);
    if (row === undefined) return;
    // A socket that several processes hold is told once for each.
    addProcess(row.usage.owners, event.process, this.#limits);
    addEvidence(row.usage.owners, event.evidence, this.#limits);
    if (this.#bySocket.has(event.socket)) return;
    this.#bySocket.set(event.socket, row);
    // A port that stays open belongs to the function that opened it, whoever comes to it later.
    addMark(row.usage, this.#timeline.at(event.at), this.#limits);
    if (row.openSockets === 0 && row.openedAt === undefined) row.openedAt = event.at;
    if (row.openSockets === 0 && row.open.length < this.#limits.marks) row.open.push({ from: event.at });
    row.openSockets++;
    if (row.portChosenBy !== "application" && event.portChosenBy !== undefined) row.portChosenBy = event.portChosenBy;
    if (event.callers !== undefined) addCallers(row.usage, event.callers, this.#limits);
    addMoment(row.usage, event.at, event.at);
  }

  unlisten(event: UnlistenEvent): void {
    const row = this.#bySocket.get(event.socket);
    if (row === undefined) return;
    this.#bySocket.delete(event.socket);
    row.openSockets--;
    row.closedAt = event.at;
    const open = row.open.at(-1);
    if (row.openSockets === 0 && open !== undefined) open.until = event.at;
    addMoment(row.usage, event.at, event.at);
  }

  /** An inbound flow. Where its listener was never seen (inherited, or opened before), it tells of it. */
  flow(event: FlowEvent): void {
    const { protocol, local, networkNamespace } = event;
    const row =
      findListen(this.#index, protocol, local, networkNamespace, event.startedAt) ??
      this.#row(protocol, local.address, local.port, networkNamespace, event.startedAt);
    if (row === undefined) return;
    addFlow(row.usage, event, this.#limits);
    if (!event.begun || event.failed !== undefined) return;
    if (event.remote === undefined) {
      row.peersUnknown++;
      this.peersUnknown.count(event.at);
    } else if (!addPeer(row.peers, event.remote.address, this.#limits)) this.peersOverflow.count(event.at);
  }

  #row(
    protocol: Protocol,
    address: string,
    port: number,
    namespace: number | undefined,
    at: Micros,
  ): Listen | undefined {
    const known = this.#index.get(protocol, port, address, namespace);
    if (known !== undefined) return known;
    if (this.#rows.length >= this.#limits.listens) {
      this.overflow.count(at);
      return undefined;
    }
    const row: Listen = {
      protocol,
      address,
      port,
      namespace,
      portChosenBy: undefined,
      openSockets: 0,
      open: [],
      openedAt: undefined,
      closedAt: undefined,
      usage: newUsage(at),
      peers: newPeers(),
      peersUnknown: 0,
    };
    this.#timeline.sawNew(at);
    this.#rows.push(row);
    this.#index.add(row);
    return row;
  }

  /** The rows as the document states them, by protocol, port and address; what still listens was seen until the end. */
  document(names: Names, endedAt: Micros, marks: readonly Mark[]): ProfileListen[] {
    return this.#rows.toSorted(byPort).map((row) => {
      const { usage } = row;
      if (row.openSockets > 0) addMoment(usage, usage.firstSeen, endedAt);
      return {
        protocol: row.protocol,
        address: row.address,
        port: row.port,
        ...(row.portChosenBy === undefined ? {} : { portChosenBy: row.portChosenBy }),
        exposure: exposureOf(row.address),
        ...(row.namespace === undefined ? {} : { networkNamespace: row.namespace }),
        ...usageDocument(usage, couldOpen(row, marks)),
        ...(usage.failed === 0 ? {} : { failed: usage.failed }),
        peers: peersDocument(row.peers, names, usage.lastSeen),
        ...(row.peersUnknown === 0 ? {} : { peersUnknown: row.peersUnknown }),
        ...(row.peers.omitted === 0 ? {} : { peersOmitted: row.peers.omitted }),
      };
    });
  }
}

/** The marks at which the port was not open already: it tells nothing of a function that something else opened it before. */
function couldOpen({ open }: Listen, marks: readonly Mark[]): Mark[] {
  return marks.filter(({ at }) => !open.some(({ from, until }) => from < at && (until === undefined || at <= until)));
}

function byPort(a: Listen, b: Listen): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  if (a.port !== b.port) return a.port - b.port;
  if (isWildcard(a.address) !== isWildcard(b.address)) return isWildcard(a.address) ? -1 : 1;
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return (a.namespace ?? 0) - (b.namespace ?? 0);
}
