import type { SnapshotOptions } from "../../../model/interfaces.ts";
import type { Snapshot } from "../../../model/socket.ts";
import { micros } from "../../../model/time.ts";
import type { Libbpf } from "./libbpf.ts";
import { networkNamespaces } from "./network-namespaces.ts";
import { passOverSockets } from "./pass.ts";
import { linkNames } from "./snapshot-links.ts";
import { SnapshotSockets } from "./snapshot-sockets.ts";

/** Every TCP and UDP socket of the machine in a few passes of the kernel. @throws Problem where it cannot be had. */
export async function takeSnapshot(libbpf: Libbpf, options: SnapshotOptions): Promise<Snapshot> {
  const takenAt = micros(Date.now());
  const namespaces = networkNamespaces();
  const found = new SnapshotSockets(options, linkNames(namespaces));
  const gaps = await passOverSockets(libbpf, namespaces, found);
  return {
    takenAt,
    collector: "ebpf",
    gaps: gaps.map((reason) => ({ from: takenAt, until: takenAt, reason })),
    sockets: found.sockets,
  };
}
