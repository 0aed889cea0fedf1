import {
  connectsOf,
  failedBindsOf,
  hoursOf,
  listensOf,
  processesOf,
  programsOf,
} from "../analyze/answers/application.ts";
import type { AppDocument, AppsDocument } from "../model/documents/applications.ts";
import { Problem } from "../model/problem.ts";
import type { Interval, RecordReader } from "../model/record.ts";
import { gapDocument, recordDocument, sumsDocument } from "../model/record-document.ts";
import { isoTime } from "../model/time.ts";
import { withRecord } from "./record/read.ts";

export type RecordQuestion = { interval: Interval; store?: string };

/** Which applications have been recorded? The latest active first. @throws what the store throws. */
export async function apps({ interval, store }: RecordQuestion): Promise<AppsDocument> {
  return withRecord(store, async (record) => {
    const found = await record.applications(interval);
    return {
      schema: "portolan.apps/1",
      ...(await frame(record, interval)),
      applications: found
        .sort((a, b) => b.lastSeen - a.lastSeen)
        .map(({ application, listens, usages, ...sums }) => ({ application, listens, usages, ...sumsDocument(sums) })),
    };
  });
}

/**
 * What has been recorded of one application? @throws Problem `no-such-application` where there is nothing, and what the
 * store throws.
 */
export async function app(application: string, { interval, store }: RecordQuestion): Promise<AppDocument> {
  return withRecord(store, async (record) => {
    const usages = await record.usages({ ...interval, application });
    const [first] = usages;
    if (first === undefined) throw await noSuchApplication(record, application, interval);
    return {
      schema: "portolan.app/1",
      application,
      ...(await frame(record, interval)),
      firstSeen: isoTime(Math.min(...usages.map(({ firstSeen }) => firstSeen))),
      lastSeen: isoTime(Math.max(...usages.map(({ lastSeen }) => lastSeen))),
      listens: listensOf(usages),
      connects: connectsOf(usages),
      failedBinds: failedBindsOf(usages),
      programs: programsOf(await record.programs(application)),
      processes: processesOf(usages),
      hours: hoursOf(await record.hours({ ...interval, application })),
    };
  });
}

async function frame(record: RecordReader, interval: Interval) {
  const { since, until } = interval;
  return {
    ...(since !== undefined && { since: isoTime(since) }),
    ...(until !== undefined && { until: isoTime(until) }),
    record: recordDocument(await record.facts()),
    gaps: (await record.gaps(interval)).map(gapDocument),
  };
}

async function noSuchApplication(record: RecordReader, application: string, interval: Interval): Promise<Problem> {
  const names = (await record.applications({})).map((each) => each.application);
  const known = names.includes(application);
  const near = names.filter((name) => name.toLowerCase().includes(application.toLowerCase())).slice(0, 7);
  const narrowed = interval.since !== undefined || interval.until !== undefined;
  const why = known && narrowed ? "It is in the record, at other times." : undefined;
  return new Problem("no-such-application", `the record holds nothing of "${application}"${known ? " then" : ""}`, {
    why: why ?? (near.length > 0 ? `It holds ${near.join(", ")}.` : "No application of this name used a port."),
    next: known ? `./portolan app ${application}` : "./portolan apps",
  });
}
