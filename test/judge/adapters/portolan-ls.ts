import type { SnapshotDocument } from "../../../src/model/documents/snapshot.ts";
import { launcher } from "../../live/observer.ts";
import type { Adapter } from "../adapter.ts";
import type { OpenRow } from "../truth.ts";
import { output } from "./listing.ts";
import { versionOf } from "./version.ts";

/** Portolan as the one who looks, with one of its collectors. */
function portolanLs(collector: "ebpf" | "procfs"): Adapter {
  return {
    name: `portolan ls (${collector})`,
    own: true,
    scope: "ls",
    about: collector === "ebpf" ? "open sockets" : "open sockets in network namespaces that a process is in",
    knows: {
      facts: new Set(["open", "open pids", "open namespace", "open evidence"]),
      ...(collector === "procfs" && { uninhabited: false }),
    },
    lack: () => (process.geteuid?.() === 0 ? undefined : "needs root"),
    version: () => versionOf(launcher, ["--version"]),
    watch() {
      let document: SnapshotDocument | undefined;
      return {
        async hold() {
          document = JSON.parse(await output(launcher, ["ls", "--json", "--collector", collector]));
        },
        async seen() {
          if (document === undefined) throw new Error("it was not asked");
          // Its gaps are about the whole machine; what concerns the scenario shows in its rows.
          return { open: document.sockets.map(openRow) };
        },
      };
    },
  };
}

function openRow(socket: SnapshotDocument["sockets"][number]): OpenRow {
  const { protocol, state, local, remote, networkNamespace, processes, evidence } = socket;
  return {
    protocol,
    state,
    local,
    ...(remote !== undefined && { remote }),
    networkNamespace,
    pids: processes.map(({ pid }) => pid),
    ...(evidence !== undefined && { evidence: evidence.source }),
  };
}

export const portolanLsEbpf: Adapter = portolanLs("ebpf");
export const portolanLsProcfs: Adapter = portolanLs("procfs");
