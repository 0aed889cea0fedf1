import type { Endpoint, Protocol } from "../../src/model/endpoint.ts";

/** What `ls` must show at the hold. */
export type OpenRow = {
  protocol: Protocol;
  state: string;
  local: Endpoint;
  remote?: Endpoint;
  /** Exactly those that hold it: none for TIME_WAIT and orphans. */
  pids?: number[];
  networkNamespace?: number;
  evidence?: string;
  /** In a network namespace that no process is in: whoever reads through processes cannot look there. */
  uninhabited?: true;
};

export type Usage = { pids?: number[]; flows?: number; bytesIn?: number; bytesOut?: number };

export type ListenRow = Usage & {
  protocol: Protocol;
  address: string;
  port: number;
  portChosenBy?: "application" | "system";
  peers?: { address: string; flows: number }[];
  networkNamespace?: number;
  /** Open before the recorder: its bind was not seen. */
  late?: boolean;
};

export type ConnectRow = Usage & {
  protocol: Protocol;
  remote: Endpoint;
  failed?: number;
  errors?: Record<string, number>;
  networkNamespace?: number;
};

export type FailedBindRow = { protocol: Protocol; address: string; port: number; error: string; pids?: number[] };

export type ProcessRow = { pid: number; executable?: string; arguments?: string[] };

/** A port whose owner the kernel itself cannot tell. */
export type AmbiguousRow = { protocol: Protocol; port: number; candidates: number[] };

/** What a scenario says it did. What it does not state is not compared. */
export type Truth = {
  open: OpenRow[];
  listens: ListenRow[];
  connects: ConnectRow[];
  failedBinds: FailedBindRow[];
  processes: ProcessRow[];
  ambiguous: AmbiguousRow[];
  outOfScope: string[];
  /** How the gaps begin that are right to be told, because the kernel's hooks do not tell what happened: each must be. */
  gaps: string[];
};

/** One line of a scenario's stdout. */
export type Message =
  | { type: "ready" }
  | { type: "hold"; open: OpenRow[] }
  | ({ type: "truth" } & Omit<Truth, "open">)
  | { type: "not-applicable"; reason: string };

/**
 * Reads one line of a scenario. A list that it leaves out is empty.
 * @throws Error where it is no message: then the scenario is wrong, not the observer.
 */
export function readMessage(line: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`the scenario printed something else than a message: ${line.slice(0, 200)}`);
  }
  const message = value as Partial<Truth> & { type?: unknown; reason?: unknown };
  switch (message?.type) {
    case "ready":
      return { type: "ready" };
    case "hold":
      return { type: "hold", open: list(message.open) };
    case "not-applicable":
      if (typeof message.reason !== "string" || message.reason === "")
        throw new Error("not applicable without a reason");
      return { type: "not-applicable", reason: message.reason };
    case "truth":
      return {
        type: "truth",
        listens: list(message.listens),
        connects: list(message.connects),
        failedBinds: list(message.failedBinds),
        processes: list(message.processes),
        ambiguous: list(message.ambiguous),
        outOfScope: list(message.outOfScope),
        gaps: list(message.gaps),
      };
    default:
      throw new Error(`the scenario printed an unknown message: ${line.slice(0, 200)}`);
  }
}

function list<T>(value: T[] | undefined): T[] {
  if (value !== undefined && !Array.isArray(value)) throw new Error("a message's rows are no list");
  return value ?? [];
}
