import { type Change, isSocketChange, type SocketChange } from "./change.ts";
import type { EventDocument } from "./documents/event.ts";
import { gapDocument } from "./record-document.ts";
import { processDocument } from "./snapshot-document.ts";
import { isoTime } from "./time.ts";

/** What happened, as documents state it. */
export function changeDocument(change: Change): EventDocument {
  const head = { at: isoTime(change.at), event: change.event };
  if (change.event === "gap") return { ...head, gap: gapDocument(change.gap) };
  if (!isSocketChange(change)) {
    const process = processDocument(change.process);
    return {
      ...head,
      ...(change.application !== undefined && { application: change.application }),
      processes: [change.event === "exit" ? { ...process, endTime: head.at } : process],
    };
  }
  return { ...head, socket: change.id, ...socketFields(change), ...details(change) };
}

function socketFields({ event, socket }: SocketChange) {
  const { protocol, state, local, remote, networkNamespace, application, processes, evidence } = socket;
  const failed = event === "failed" || event === "bind-failed";
  return {
    protocol,
    ...(!failed && { state }),
    local,
    ...(remote !== undefined && { remote }),
    ...(networkNamespace !== 0 && { networkNamespace }),
    ...(application !== undefined && { application }),
    processes: processes.map(processDocument),
    evidence,
  };
}

function details(change: SocketChange) {
  const { direction, startedAt, portChosenBy, error, bytesIn, bytesOut, callers } = change;
  const seconds = secondsOf(change);
  return {
    ...(direction !== undefined && { direction }),
    ...(startedAt !== undefined && { startedAt: isoTime(startedAt) }),
    ...(seconds !== undefined && { durationSeconds: seconds }),
    ...(portChosenBy !== undefined && { portChosenBy }),
    ...(error !== undefined && { error }),
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    ...(callers !== undefined && { callers }),
  };
}

/** How long what closed or failed had lasted, in seconds; undefined where that is not known. */
export function secondsOf({ event, at, startedAt }: SocketChange): number | undefined {
  if ((event !== "close" && event !== "failed") || startedAt === undefined) return undefined;
  return Math.max(0, at - startedAt) / 1e6;
}
