import {
  flowAnswer,
  isAt,
  type Listener,
  likeliestFlow,
  listenerAnswers,
  useAnswer,
  type When,
} from "../../analyze/answers/packet-answer.ts";
import { type OwnAddresses, type PacketSide, packetEnds, packetSides } from "../../analyze/answers/packet-sides.ts";
import type { WhoLine, WhoLineAnswer } from "../../model/documents/who-line.ts";
import type { Gap } from "../../model/gap.ts";
import type { LoggedPacket } from "../../model/logged-packet.ts";
import type { Interval, RecordFacts, RecordReader, UseQuestion } from "../../model/record.ts";
import { gapDocument } from "../../model/record-document.ts";
import type { Micros } from "../../model/time.ts";
import { HOUR, HourCache } from "./hour-cache.ts";

/** How far the clock of a log may be from the record's: lines are stamped when they are read, not when they are written. */
const SLACK: Micros = 2_000_000;

/** Flows between the same two ends within seconds: more than one are rare, more than a few never. */
const FLOWS = 7;

/** Listeners of one port in one hour: a program that opens and closes one each second has fewer. */
const LISTENERS = 5000;

export type PacketAnswer = Pick<WhoLine, "answers" | "reason" | "gaps">;

/** Answers packets from a record. */
export class PacketAnswers {
  readonly #record: RecordReader;
  readonly #own: OwnAddresses;
  readonly #listeners = new HourCache<Listener>();
  readonly #gaps = new HourCache<Gap>();
  /** What the record can answer for; whoever follows a log brings it up to date. */
  facts: RecordFacts;

  constructor(record: RecordReader, facts: RecordFacts, own: OwnAddresses) {
    this.#record = record;
    this.facts = facts;
    this.#own = own;
  }

  /** Whose packet was it? */
  async answer(packet: LoggedPacket, when: When): Promise<PacketAnswer> {
    if (packetEnds(packet) === undefined) return none("no-ports");
    const beyond = this.#beyond(when);
    if (beyond !== undefined) return none(beyond);
    const sides = packetSides(packet, this.#own);
    const answers: WhoLineAnswer[] = [];
    for (const side of sides) answers.push(...(await this.#side(side, when)));
    if (answers.length > 0) return { answers, gaps: [] };
    const gaps = await this.#gapsAround(when);
    if (gaps.length > 0) return { ...none("gap"), gaps: gaps.map(gapDocument) };
    return none(this.#edge(when) ?? (sides.length === 0 ? "not-this-machine" : "not-seen"));
  }

  /** Why the record knows nothing at all of the time. */
  #beyond(when: When): "before-record" | "after-record" | undefined {
    const { from, until } = this.facts;
    if (from === undefined || until === undefined) return "after-record";
    if ((when.until ?? from) < from) return "before-record";
    return (when.since ?? until) > until ? "after-record" : undefined;
  }

  /** Why the record knows only of a part of the time. */
  #edge(when: When): "before-record" | "after-record" | undefined {
    const { from = Number.POSITIVE_INFINITY, until = 0 } = this.facts;
    if ((when.since ?? from) < from) return "before-record";
    return (when.until ?? until) > until ? "after-record" : undefined;
  }

  async #side(side: PacketSide, when: When): Promise<WhoLineAnswer[]> {
    for (const use of side.uses) {
      const { local, remote, protocol } = side;
      const [service, client] = use === "inbound" ? [local, remote] : [remote, local];
      const question = { ...around(when), uses: [use], protocol, port: service.port, peer: remote.address };
      if (when.known === "moment") {
        const flows = await this.#record.flows({ ...question, otherPort: client.port, limit: side.begins ? 1 : FLOWS });
        const flow = likeliestFlow(flows, side, when);
        if (flow !== undefined) return [flowAnswer(side, flow)];
      }
      const usages = await this.#record.usages(question);
      if (usages.length > 0) return usages.map((usage) => useAnswer(side, usage));
    }
    return side.mayListen ? this.#listening(side, when) : [];
  }

  async #listening(side: PacketSide, when: When): Promise<WhoLineAnswer[]> {
    const question = { uses: ["listen" as const], protocol: side.protocol, port: side.local.port };
    const { until = 0, flowsFrom = 0 } = this.facts;
    if (when.known === "interval") {
      return listenerAnswers(side, (await this.#usages({ ...question, ...around(when) })).filter(isOf(side)));
    }
    const [from, to] = [when.since - SLACK, when.until + SLACK];
    const listeners = await this.#listeners.of(
      `${side.protocol} ${side.local.port}`,
      from,
      to,
      until,
      async (since) => {
        const hour = { ...question, since, until: since + HOUR - 1 };
        return since < flowsFrom ? this.#usages(hour) : this.#flows(hour);
      },
    );
    const open = ({ firstSeen, lastSeen = until, wholeHours }: Listener) =>
      wholeHours || (firstSeen <= to && lastSeen >= from);
    return listenerAnswers(
      side,
      listeners.filter((listener) => open(listener) && isOf(side)(listener)),
    );
  }

  async #usages(question: UseQuestion): Promise<Listener[]> {
    return (await this.#record.usages(question)).map(({ peer, ...usage }) => ({
      ...usage,
      ...(peer !== undefined && { address: peer }),
    }));
  }

  async #flows(question: UseQuestion): Promise<Listener[]> {
    const flows = await this.#record.flows({ ...question, limit: LISTENERS });
    return flows.map(({ usage, startedAt, endedAt, process }) => ({
      application: usage.application,
      ...(usage.peer !== undefined && { address: usage.peer }),
      firstSeen: startedAt,
      ...(endedAt !== undefined && { lastSeen: endedAt }),
      processes: process === undefined ? [] : [process],
    }));
  }

  async #gapsAround(when: When): Promise<Gap[]> {
    if (when.known === "interval") return this.#record.gaps(around(when));
    const [from, until] = [when.since - SLACK, when.until + SLACK];
    const { until: written = 0 } = this.facts;
    const gaps = await this.#gaps.of("", from, until, written, (since) =>
      this.#record.gaps({ since, until: since + HOUR - 1 }),
    );
    // One that reaches over the full hour is in both.
    const unlike = new Map(gaps.map((gap) => [JSON.stringify(gap), gap]));
    return [...unlike.values()].filter((gap) => gap.from <= until && gap.until >= from);
  }
}

function isOf(side: PacketSide): (listener: Listener) => boolean {
  return ({ address }) => isAt(address, side);
}

function none(reason: NonNullable<WhoLine["reason"]>): PacketAnswer {
  return { answers: [], reason, gaps: [] };
}

/** The interval that a question about it asks for. */
function around(when: When): Interval {
  const { known, ...interval } = when;
  return known === "moment" ? { since: when.since - SLACK, until: when.until + SLACK } : interval;
}
