import type { Interval, RecordReader, UseQuestion } from "../../model/record.ts";
import { type Connection, connect } from "./connection.ts";
import { requireReadable } from "./files.ts";
import { requireNewest } from "./layout.ts";
import { applications } from "./read/applications.ts";
import { MAKE_ASKED } from "./read/asked.ts";
import { facts } from "./read/facts.ts";
import { flows } from "./read/flows.ts";
import { hours } from "./read/hours.ts";
import { clockSteps, costs, gaps, hostAddresses, marks } from "./read/notes.ts";
import { programs } from "./read/programs.ts";
import { usages } from "./read/usages.ts";

/** 16 MB of pages are remembered. */
const SETTINGS = "pragma cache_size = -16000; pragma temp_store = memory";

/**
 * Opens the record at `path` to read. Each answer is one transaction: it is taken from one moment of the record, and
 * between answers nothing keeps the writer from reusing room.
 * @throws Problem `no-record`, `bad-record`, `record-failed` or `not-permitted`.
 */
export async function openSqliteReader(path: string): Promise<RecordReader> {
  requireReadable(path);
  return connect({ path, reading: true }, (connection) => {
    connection.script(SETTINGS);
    requireNewest(connection);
    connection.script(MAKE_ASKED);
    return reader(connection);
  });
}

function reader(connection: Connection): RecordReader {
  const answer = async <T>(work: (connection: Connection) => T): Promise<T> =>
    connection.transaction("deferred", () => {
      // Another recorder may have brought the record to another layout since.
      requireNewest(connection);
      return work(connection);
    });
  return {
    facts: () => answer(facts),
    usages: (question: UseQuestion) => answer(() => usages(connection, question)),
    flows: (question) => answer(() => flows(connection, question)),
    hours: (question: UseQuestion) => answer(() => hours(connection, question)),
    applications: (interval: Interval) => answer(() => applications(connection, interval)),
    programs: (application) => answer(() => programs(connection, application)),
    gaps: (interval) => answer(() => gaps(connection, interval)),
    marks: (interval) => answer(() => marks(connection, interval)),
    clockSteps: (interval) => answer(() => clockSteps(connection, interval)),
    costs: (interval) => answer(() => costs(connection, interval)),
    hostAddresses: () => answer(hostAddresses),
    async close() {
      connection.close();
    },
  };
}
