import { hostname, networkInterfaces, uptime } from "node:os";
import type { When } from "../../analyze/answers/packet-answer.ts";
import type { OwnAddresses } from "../../analyze/answers/packet-sides.ts";
import { FirewallLog, LONGEST_LINE } from "../../formats/firewall-log/firewall-log.ts";
import { type TextLine, TextLines } from "../../formats/text/text-lines.ts";
import { canonicalAddress } from "../../model/canonical-address.ts";
import type { WhoLine, WhoLineCounts } from "../../model/documents/who-line.ts";
import type { LoggedPacket } from "../../model/logged-packet.ts";
import type { Interval, RecordFacts, RecordReader } from "../../model/record.ts";
import { isoTime, type Micros, micros } from "../../model/time.ts";
import { withRecord } from "../record/read.ts";
import { resolveTime } from "./logged-time.ts";
import { type PacketAnswer, PacketAnswers } from "./packet-answers.ts";

export type WhoLinesRequest = {
  /** A firewall's log as it arrives. */
  input: AsyncIterable<Uint8Array>;
  /** When lines are of that state no time. */
  interval: Interval;
  store?: string;
  /** Told of the lines that arrived together, in their order; whether more are wanted. */
  each: (lines: WhoLine[]) => boolean;
};

/** How much of a line an answer quotes, in characters. */
const QUOTED = 1000;

/** How often it is looked whether the recorder has written more, in milliseconds. */
const REFRESH = 1000;

/**
 * Which application is each line of a firewall's log about? Holds no more at a time than arrives together, however long the
 * log is. @throws Problem what the store throws.
 */
export async function whoLines(request: WhoLinesRequest): Promise<{ counts: WhoLineCounts; record: RecordFacts }> {
  return withRecord(request.store, async (record) => {
    const lines = new TextLines(LONGEST_LINE);
    const answers = await Answers.of(record, request.interval);
    for await (const bytes of request.input) {
      if (!request.each(await answers.all(lines.push(bytes)))) break;
    }
    request.each(await answers.all(lines.end()));
    return { counts: answers.counts, record: answers.facts };
  });
}

/** Answers lines, and counts them. */
class Answers {
  readonly counts: WhoLineCounts = { lines: 0, packets: 0, answered: 0, undecided: 0 };
  readonly #record: RecordReader;
  readonly #packets: PacketAnswers;
  readonly #interval: Interval;
  /** Whether the record is of this very machine. */
  readonly #here: boolean;
  readonly #log = new FirewallLog();
  #number = 0;
  #freshAt = performance.now();

  static async of(record: RecordReader, interval: Interval): Promise<Answers> {
    const facts = await record.facts();
    const here = facts.lives.at(-1)?.host === hostname();
    return new Answers(record, interval, here, new PacketAnswers(record, facts, await ownAddresses(record, here)));
  }

  private constructor(record: RecordReader, interval: Interval, here: boolean, packets: PacketAnswers) {
    this.#record = record;
    this.#interval = interval;
    this.#here = here;
    this.#packets = packets;
  }

  get facts(): RecordFacts {
    return this.#packets.facts;
  }

  async all(lines: readonly TextLine[]): Promise<WhoLine[]> {
    const answered: WhoLine[] = [];
    for (const line of lines) {
      this.#number++;
      const packet = line.cut ? undefined : this.#log.read(line.text);
      if (packet === "heading" || line.text.trim() === "") continue;
      this.counts.lines++;
      const head = { line: this.#number, text: line.text.slice(0, QUOTED) };
      if (packet === undefined) answered.push({ ...head, answers: [], reason: "no-log-line", gaps: [] });
      else answered.push({ ...head, ...(await this.#packet(packet)) });
    }
    return answered;
  }

  async #packet(packet: LoggedPacket): Promise<Omit<WhoLine, "line" | "text">> {
    const when = whenOf(packet, this.#interval, this.#here);
    await this.#refresh(when);
    const answer: PacketAnswer =
      when === undefined ? { answers: [], reason: "no-time", gaps: [] } : await this.#packets.answer(packet, when);
    count(this.counts, answer);
    return { packet: packetDocument(packet, when), ...answer };
  }

  /** Where a line is later than the record, the recorder may have written more by now: whoever follows a log needs that. */
  async #refresh(when: When | undefined): Promise<void> {
    const behind = (when?.until ?? 0) > (this.facts.until ?? 0);
    if (!behind || performance.now() - this.#freshAt < REFRESH) return;
    this.#packets.facts = await this.#record.facts();
    this.#freshAt = performance.now();
  }
}

/** Whether words of a command line are meant as a line of a firewall's log, be it a whole one or not. */
export function isLogLine(text: string): boolean {
  return /(?:^|[^A-Za-z])(?:SRC|DST|PROTO|SPT|DPT)=/.test(text) || typeof new FirewallLog().read(text) === "object";
}

/** When the packet was seen; undefined where the line states a moment that cannot be told. */
function whenOf({ time }: LoggedPacket, interval: Interval, here: boolean): When | undefined {
  if (time === undefined) return { known: "interval", ...interval };
  const now = micros(Date.now());
  return resolveTime(time, { now, ...(here && { bootedAt: now - micros(uptime() * 1000) }) });
}

/** Addresses that the machine of the record had, and where it is this one those that it has. */
async function ownAddresses(record: RecordReader, here: boolean): Promise<OwnAddresses> {
  const recorded = (await record.hostAddresses()).map(({ address }) => address);
  const current = here
    ? Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? [])
    : [];
  return new Set([...recorded, ...current].map((address) => canonicalAddress(address) ?? address));
}

const UNDECIDED = new Set<WhoLine["reason"]>(["gap", "before-record", "after-record", "no-time"]);

function count(counts: WhoLineCounts, { answers, reason }: PacketAnswer): void {
  counts.packets++;
  if (answers.length > 0) counts.answered++;
  else if (UNDECIDED.has(reason)) counts.undecided++;
}

function packetDocument(packet: LoggedPacket, when: When | undefined): NonNullable<WhoLine["packet"]> {
  const { label, protocol, source, destination, way } = packet;
  const stated: { since: Micros; until: Micros } | undefined = when?.known === "moment" ? when : undefined;
  return {
    ...(stated && { from: isoTime(stated.since), until: isoTime(stated.until) }),
    ...(label !== undefined && { label }),
    protocol,
    source,
    destination,
    way,
  };
}
