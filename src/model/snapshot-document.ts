import type { DocumentOf } from "./documents/field.ts";
import type { DEGRADATION, GAP } from "./documents/shared.ts";
import type { ProcessDocument, SnapshotDocument, SocketDocument } from "./documents/snapshot.ts";
import type { Degradation, Gap } from "./gap.ts";
import type { Process } from "./process.ts";
import type { Snapshot, Socket } from "./socket.ts";
import { isoTime } from "./time.ts";

/** Where and how a snapshot was taken: what a document states beside the sockets. */
export type SnapshotOrigin = { host: string; degradations: readonly Degradation[] };

/** A process as documents state it: its start as ISO 8601, what is unknown left out. */
export function processDocument(process: Process): ProcessDocument {
  const { pid, startedAt, name, ...known } = process;
  return { pid, startTime: isoTime(startedAt), name, ...known };
}

/** A socket as documents state it. */
export function socketDocument(socket: Socket): SocketDocument {
  const { protocol, state, local, remote, networkNamespace, application, processes, evidence } = socket;
  return {
    protocol,
    state,
    local,
    ...(remote !== undefined && { remote }),
    networkNamespace,
    ...(application !== undefined && { application }),
    processes: processes.map(processDocument),
    evidence,
  };
}

/** A gap as documents state it. */
function gapDocument(gap: Gap): DocumentOf<typeof GAP> {
  return { ...gap, from: isoTime(gap.from), until: isoTime(gap.until) };
}

/** A degradation as documents state it. */
function degradationDocument(degradation: Degradation): DocumentOf<typeof DEGRADATION> {
  return { ...degradation };
}

/** The whole `portolan.snapshot/1` document without its sockets, which callers add or stream. */
export function snapshotHead(snapshot: Snapshot, origin: SnapshotOrigin): Omit<SnapshotDocument, "sockets"> {
  return {
    schema: "portolan.snapshot/1",
    host: origin.host,
    takenAt: isoTime(snapshot.takenAt),
    collector: snapshot.collector,
    gaps: snapshot.gaps.map(gapDocument),
    ...(origin.degradations.length > 0 && { degradations: origin.degradations.map(degradationDocument) }),
  };
}
