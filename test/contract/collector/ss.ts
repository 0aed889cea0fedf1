import { execFileSync } from "node:child_process";
import { endpointText } from "../../../src/model/endpoint.ts";
import type { Socket } from "../../../src/model/socket.ts";

/** Lines `protocol state local remote pids`, sorted: what Portolan and `ss` are held against each other by. */
export function linesOf(sockets: readonly Socket[]): string[] {
  return sockets
    .map(({ protocol, state, local, remote, processes }) => {
      const pids = processes.map(({ pid }) => pid).sort((a, b) => a - b);
      return `${protocol} ${state} ${endpointText(local)} ${remote ? endpointText(remote) : "-"} ${pids}`;
    })
    .sort();
}

/** The same lines from `ss -tunapH` in the network namespace of process `pid`. Takes root. */
export function ssLines(pid: number): string[] {
  const text = execFileSync("nsenter", [`--net=/proc/${pid}/ns/net`, "ss", "-tunapH"], { encoding: "utf8" });
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(ssLine)
    .sort();
}

function ssLine(line: string): string {
  const [protocol = "", state = "", , , local = "", remote = "", users = ""] = line.trim().split(/\s+/);
  const name = state.replaceAll("-", "_");
  const known = { ESTAB: protocol === "udp" ? "CONNECTED" : "ESTABLISHED", UNCONN: "BOUND" }[name] ?? name;
  const peer = remote.endsWith(":*") ? "-" : mapped(remote);
  const pids = [...new Set([...users.matchAll(/pid=(\d+)/g)].map(([, pid]) => Number(pid)))];
  return `${protocol} ${known} ${mapped(local).replace(/^\*:/, "[::]:")} ${peer} ${pids.sort((a, b) => a - b)}`;
}

/** `ss` leaves no trace of how it writes loopback with an interface: `127.0.0.1%lo` is bound to a device. */
function mapped(endpoint: string): string {
  return endpoint.replace(/%[^\]:]+/, "");
}
