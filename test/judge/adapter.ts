import type { Knowledge, Seen } from "./seen.ts";
import type { Truth } from "./truth.ts";

/** Ways of observing; a scenario says which of them apply to it. */
export const SCOPES = ["run", "record", "ls"] as const;
export type Scope = (typeof SCOPES)[number];

/** Where an observer works. */
export type Place = {
  /** A folder for what it writes. */
  folder: string;
};

/** What is known when the scenario has ended. */
export type Ended = {
  /** Its own process. */
  pid: number;
  /** Every process that was seen of it: of the truth, and below it at the hold. */
  pids: Set<number>;
  truth: Truth;
  startedAt: number;
};

/** One observation of one scenario. Each step is waited for. */
export type Watch = {
  /** The command line that runs the scenario. At most one observer of a play wraps it. */
  wrap?(command: string[]): string[];
  /** Before the scenario starts; with `recorder: late`, when it says that it is ready. */
  start?(): Promise<void>;
  /** While its sockets are open. */
  hold?(): Promise<void>;
  /** What it saw, after the scenario has ended. */
  seen(ended: Ended): Promise<Seen>;
  /** Ends whatever still runs. Called in any case, and more than once. */
  close?(): Promise<void>;
};

/** An observer: Portolan in one of its ways, or a peer. */
export type Adapter = {
  name: string;
  /** Whether it is Portolan itself, whose results must all be passes. */
  own?: true;
  scope: Scope;
  knows: Knowledge;
  /** What it knows, for people: "open sockets". */
  about: string;
  /** Why it cannot run here, or undefined where it can. */
  lack(): string | undefined;
  version(): string;
  watch(place: Place): Watch | Promise<Watch>;
};
