import type { AddressBlock } from "./address-block.ts";
import type { Protocol } from "./endpoint.ts";
import type { EvidenceSource } from "./evidence.ts";
import type { Gap } from "./gap.ts";
import type { Process, ProcessKey } from "./process.ts";
import type { Micros } from "./time.ts";

/**
 * How a port was used: held open for others (`listen`), by a flow that came in or went out, or not at all because the
 * kernel refused the bind.
 */
export type Use = "listen" | "inbound" | "outbound" | "bind-failed";

/**
 * Behaviour as the record distinguishes it: kept once, however often it repeats. An object that was written is not changed
 * any more; a writer knows one that it has seen before by itself.
 */
export type Usage = {
  application: string;
  use: Use;
  protocol: Protocol;
  /** The service's port: the local one of listen, inbound and bind-failed, the remote one of outbound. */
  port: number;
  /** The other side's address; of listen and bind-failed the local one. Absent where it could not be learned. */
  peer?: string;
};

/**
 * One use: a connection, a UDP exchange with one peer, the time that a listener was open, a refused bind. What is still
 * open has no `endedAt`, and is written again whenever it grew: the latest row of a `flow` holds, and the one with its end
 * is the last. What is open when the recorder ends, ends with it.
 */
export type FlowRecord = {
  /** Its identity within this recorder's life. */
  flow: string;
  usage: Usage;
  /** Of flows that began in the same microsecond, answers put each into one of its own among those that follow. */
  startedAt: Micros;
  endedAt?: Micros;
  /** Open when the recorder found it: it began at `startedAt` or before, and its past is unknown. */
  found?: true;
  /** One that this batch or an earlier one of the same life brought; another one stays unknown. */
  process?: ProcessKey;
  /** This machine's address; absent where it is the usage's peer, or not known. */
  localAddress?: string;
  /** The port on the client's side; absent for listen and bind-failed. */
  otherPort?: number;
  /** An errno name where it never came to be. */
  error?: string;
  /** Payload since it began, or since it was found. */
  bytesIn?: number;
  bytesOut?: number;
  evidence: EvidenceSource;
  /** The name that the application had asked for before it connected. */
  name?: string;
};

/**
 * What one usage added to one hour: sums of increments, never totals of flows. The batch that brings a new flow brings
 * its increment; without one, the usage is in use in the hour in which the flow began, and that is all.
 */
export type HourlyRecord = {
  /** Whole hours since the Unix epoch. */
  hour: number;
  usage: Usage;
  /** Flows that began; of a listener, how often it was opened. */
  flows: number;
  /** Attempts that never came to be. */
  failed: number;
  bytesIn?: number;
  bytesOut?: number;
  /** When it was in use within this hour, first and last. */
  first: Micros;
  last: Micros;
};

/** A process that used a port, and what a person would call the application that it belongs to. */
export type RecordedProcess = Process & { application: string; endedAt?: Micros };

/** One version of an executable file. */
export type ProgramRecord = {
  executable: string;
  /** SHA-256 of its content in hexadecimal; absent where it could not be read. */
  sha256?: string;
  /** Size in bytes and time of the last change: what tells one version from the next. */
  size?: number;
  changedAt?: Micros;
  /** Modules that were loaded when it first used the network. */
  modules?: string[];
  firstSeen: Micros;
};

/** A function of the application that somebody said was being exercised from `at` on. */
export type Mark = { at: Micros; text: string };

/** The wall clock was set: what it said before and after, at one moment of the monotonic clock. */
export type ClockStep = { at: Micros; before: Micros; after: Micros };

/** What the recorder itself took during an interval. */
export type Cost = {
  from: Micros;
  until: Micros;
  /** Processor time in microseconds, all threads. */
  processor: Micros;
  /** Proportional set size in bytes. */
  memory: number;
  flows: number;
  /** Events that were lost. */
  lost: number;
};

/** What is written in one transaction. It is durable when `write` resolves. */
export type RecordBatch = {
  /** Everything until then is in this batch or in one before: a recorder that dies after it missed what came later. */
  until: Micros;
  processes?: RecordedProcess[];
  exits?: { process: ProcessKey; at: Micros }[];
  programs?: ProgramRecord[];
  flows?: FlowRecord[];
  hourly?: HourlyRecord[];
  /** Addresses of this machine that were in use. */
  hostAddresses?: string[];
  marks?: Mark[];
  gaps?: Gap[];
  clockSteps?: ClockStep[];
  costs?: Cost[];
};

/**
 * How long what is kept, in microseconds, and how large the file may become in bytes. Absent: for ever, or any size.
 * Flows go once they ended so long ago, and with the usage that they belong to; hours go whole. Where the file is too
 * large, the oldest flows go first, then the oldest hours, up to the hour that is going on.
 */
export type Retention = { flows?: Micros; usage?: Micros; size?: number };

/** One life of a recorder. `until` is the last moment that is durable; `ended` whether it said goodbye. */
export type RecorderLife = {
  startedAt: Micros;
  until: Micros;
  ended: boolean;
  host: string;
  collector: string;
  version: string;
  /** The kernel's boot id (random(4)): another one means that the machine was started anew in between. */
  bootId?: string;
};

/** What a recorder says of itself when it begins to write. */
export type NewLife = Omit<RecorderLife, "until" | "ended">;

/** The one writer of a record. */
export type RecordWriter = {
  /** The life before this one; absent in a new record. */
  readonly before: RecorderLife | undefined;
  /** Writes a batch whole or not at all. @throws Problem `record-full` where the disk is full: the batch may be tried again. */
  write(batch: RecordBatch): Promise<void>;
  /**
   * Removes some of what is older than is kept, for about `milliseconds`, and answers whether more is left to remove.
   * @throws Problem `record-full` where the disk is full: what goes has to be noted first.
   */
  retain(retention: Retention, now: Micros, milliseconds: number): Promise<boolean>;
  /** Says goodbye, and gives the record to the next writer. */
  close(until: Micros): Promise<void>;
};

/** An interval of wall time; an absent end is open. What overlaps it is meant. */
export type Interval = { since?: Micros; until?: Micros };

/** Which uses are asked for; what is absent does not narrow. */
export type UseQuestion = Interval & {
  application?: string;
  uses?: readonly Use[];
  protocol?: Protocol;
  /** The service's port. */
  port?: number;
  /** Either end's port, which also finds clients by their own; asks flows only, all of them, and needs `since`. */
  eitherPort?: number;
  /**
   * The client's side, with `port` or `peer` a whole line of a firewall's log; asks flows only, all of them, and needs
   * `since`.
   */
  otherPort?: number;
  /**
   * The other side's address in any spelling, or a block of them, also as CIDR text. IPv4 also means the addresses that are
   * mapped into IPv6; an address without a zone means those in every zone.
   */
  peer?: string | AddressBlock;
  /** A name that the application asked for to reach the peer, at any time; case does not matter. */
  name?: string;
};

/**
 * One usage summed up over the interval that was asked. An interval with at most one whole hour is answered from single
 * flows: all that overlap it, each as a whole. A longer one is answered from its whole hours, and from the flows that
 * were open when it began or began in the parts of hours at its ends; of those that reach into whole hours, the payload is
 * counted in these only.
 */
export type UsageAnswer = Usage & {
  flows: number;
  failed: number;
  bytesIn?: number;
  bytesOut?: number;
  /** When it was in use within whole hours; of single flows when they began and ended, or until when they are known. */
  firstSeen: Micros;
  lastSeen: Micros;
  /**
   * Processes that are still known, the latest first, at most 23; they are forgotten with the flows. Over whole hours
   * those that lived within the interval, and used it then or later.
   */
  processes: RecordedProcess[];
  /** Names that the application asked for to reach the peer, at any time, the latest first, at most 23. */
  names?: string[];
  /** True where flows are no longer kept for the whole interval: the answer holds for the whole hours that it touches. */
  wholeHours?: true;
};

/** One flow of the record. */
export type FlowAnswer = Omit<FlowRecord, "flow" | "process"> & { process?: RecordedProcess };

/** What one usage did in one hour. */
export type HourlyAnswer = HourlyRecord;

/** An application that was in use within the interval that was asked, with figures of everything recorded. */
export type ApplicationAnswer = {
  application: string;
  firstSeen: Micros;
  lastSeen: Micros;
  /** Flows that began, attempts that failed, payload. */
  flows: number;
  failed: number;
  bytesIn?: number;
  bytesOut?: number;
  /** How many different ports it listened on, and usages it has. */
  listens: number;
  usages: number;
};

/** What a record is. */
export type RecordFacts = {
  path: string;
  /** Version of its layout. */
  layout: number;
  /** When the record began, and until when it is durable; absent in an empty one. */
  from?: Micros;
  until?: Micros;
  /** From when on single flows are kept. */
  flowsFrom?: Micros;
  lives: RecorderLife[];
  flows: number;
  usages: number;
  hours: number;
  processes: number;
  /** On disk, in bytes. */
  size: number;
};

/** Any number of readers at once, also while the recorder writes. Every answer is taken from one moment of the record. */
export type RecordReader = {
  facts(): Promise<RecordFacts>;
  /** The usages asked for, the latest used first. */
  usages(question: UseQuestion): Promise<UsageAnswer[]>;
  /** Single flows, the latest begun first, at most `limit`. */
  flows(question: UseQuestion & { limit: number }): Promise<FlowAnswer[]>;
  /** Hour by hour, the earliest first: every hour that the interval touches. Not for questions about clients' ports. */
  hours(question: UseQuestion): Promise<HourlyAnswer[]>;
  /** The latest used first. */
  applications(interval: Interval): Promise<ApplicationAnswer[]>;
  /** The programs of an application's processes, as far as they are still known. */
  programs(application: string): Promise<ProgramRecord[]>;
  gaps(interval: Interval): Promise<Gap[]>;
  marks(interval: Interval): Promise<Mark[]>;
  clockSteps(interval: Interval): Promise<ClockStep[]>;
  costs(interval: Interval): Promise<Cost[]>;
  /** Addresses that this machine had, and when each was in use. */
  hostAddresses(): Promise<{ address: string; firstSeen: Micros; lastSeen: Micros }[]>;
  close(): Promise<void>;
};
