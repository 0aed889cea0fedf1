import type { Evidence } from "../../src/model/evidence.ts";
import type { ConnectRow, FailedBindRow, ListenRow, OpenRow, ProcessRow } from "./truth.ts";

export type SeenListen = ListenRow & { evidence?: Evidence };
export type SeenConnect = ConnectRow & { evidence?: Evidence };

/** What an observer saw of one scenario. A field that it leaves out it does not know. */
export type Seen = {
  /** Every socket of the machine, or of as much of it as the observer looks at. */
  open?: OpenRow[];
  /** What belongs to the scenario's processes, and nothing else. */
  listens?: SeenListen[];
  connects?: SeenConnect[];
  failedBinds?: FailedBindRow[];
  processes?: ProcessRow[];
  /** What it says it may have missed. */
  gaps?: string[];
};

/** What can be compared. An observer that cannot know one of these is not asked for it. */
export const FACTS = [
  "open",
  "open pids",
  "open namespace",
  "open evidence",
  "listens",
  "listens portChosenBy",
  "listens pids",
  "listens flows",
  "listens bytes",
  "listens peers",
  "listens namespace",
  "connects",
  "connects pids",
  "connects flows",
  "connects failed",
  "connects errors",
  "connects bytes",
  "connects namespace",
  "failedBinds",
  "failedBinds pids",
  "processes",
  "executable",
  "arguments",
  "ambiguous",
  "nothing missed",
] as const;

export type Fact = (typeof FACTS)[number];

/** What an observer can know at all. */
export type Knowledge = {
  facts: ReadonlySet<Fact>;
  /** Absent: both. */
  protocols?: readonly ("tcp" | "udp")[];
  /** False where it cannot show a socket that no process holds. */
  ownerless?: false;
  /** False where it cannot look into a network namespace that no process is in. */
  uninhabited?: false;
  /** Where it knows the processes that moved data over connections alone. */
  processes?: "traffic";
};
