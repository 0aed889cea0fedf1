import { usagesOfFlows, whoAnswers } from "../../analyze/answers/who.ts";
import type { WhoDocument } from "../../model/documents/who.ts";
import type { Interval, RecordReader, UsageAnswer } from "../../model/record.ts";
import { gapDocument, recordDocument } from "../../model/record-document.ts";
import { isoTime } from "../../model/time.ts";
import { withRecord } from "../record/read.ts";
import { type AskedEndpoint, readEndpoint } from "./endpoint.ts";

export type WhoRequest = { endpoint: string; interval: Interval; store?: string };

/** The answer, and whether "nobody" could also be "it was not seen". */
export type WhoAnswer = { document: WhoDocument; undecided: boolean };

/** How many single flows are looked at where a client's own port is asked about. */
const FLOWS = 10_000;

/**
 * Which application used this port or peer, then? A port is looked for as a service's port, and where an interval is
 * stated also as a client's own.
 * @throws Problem `bad-value` for what is no endpoint, and what the store throws.
 */
export async function who({ endpoint, interval, store }: WhoRequest): Promise<WhoAnswer> {
  const asked = readEndpoint(endpoint);
  return withRecord(store, async (record) => {
    const usages = await usagesOf(record, asked, interval);
    const gaps = await record.gaps(interval);
    const facts = await record.facts();
    const { from, until } = facts;
    const before = from === undefined || (interval.since ?? from) < from;
    const after = interval.until !== undefined && (until === undefined || interval.until > until);
    const document: WhoDocument = {
      schema: "portolan.who/1",
      question: questionOf(asked, interval),
      record: recordDocument(facts),
      gaps: gaps.map(gapDocument),
      answers: whoAnswers(usages),
    };
    return { document, undecided: gaps.length > 0 || before || after };
  });
}

async function usagesOf(record: RecordReader, asked: AskedEndpoint, interval: Interval): Promise<UsageAnswer[]> {
  const { port, address, block, name } = asked;
  if (name !== undefined) {
    const all = await record.usages({ ...interval, uses: ["outbound"], ...(port !== undefined && { port }) });
    return all.filter(({ names }) => names?.some((known) => known.toLowerCase() === name));
  }
  const peer = address ?? block?.addresses;
  const asPort = port !== undefined && { port };
  const services = await record.usages({ ...interval, ...asPort, ...(peer !== undefined && { peer }) });
  // An own address is nobody's peer: what is meant is what went on at it.
  const own = address !== undefined && port !== undefined && services.length === 0 && (await isOwn(record, address));
  if (own) return record.usages({ ...interval, port });
  if (port === undefined || interval.since === undefined) return services;
  const flows = await record.flows({ ...interval, otherPort: port, ...(peer !== undefined && { peer }), limit: FLOWS });
  return [...services, ...usagesOfFlows(flows)];
}

async function isOwn(record: RecordReader, address: string): Promise<boolean> {
  return (await record.hostAddresses()).some((own) => own.address === address);
}

function questionOf(
  { port, address, block, name }: AskedEndpoint,
  { since, until }: Interval,
): WhoDocument["question"] {
  return {
    ...(port !== undefined && { port }),
    ...(address !== undefined && { address }),
    ...(block !== undefined && { block: block.text }),
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since: isoTime(since) }),
    ...(until !== undefined && { until: isoTime(until) }),
  };
}
