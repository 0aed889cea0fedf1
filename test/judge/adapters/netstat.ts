import type { Adapter } from "../adapter.ts";
import type { OpenRow } from "../truth.ts";
import { endpointOf } from "./address.ts";
import { listing } from "./listing.ts";

/** netstat(8) of net-tools, with its owners: it names one process of a socket. */
export const netstat: Adapter = listing({
  name: "netstat",
  options: ["-tunapeW"],
  versionOptions: ["--version"],
  facts: ["open", "open pids"],
  read: (text) => text.split("\n").flatMap(rowOf),
});

/** One line: `tcp6 0 0 :::80 :::* LISTEN 0 123 45/name`; UDP has a state only where it is connected. */
function rowOf(line: string): OpenRow[] {
  const match = /^(tcp|udp)(6?)\s+\d+\s+\d+\s+(\S+)\s+(\S+)\s+([A-Z_0-9]*)\s+\d+\s+\d+\s+(\S+)/.exec(line);
  if (match === null) return [];
  const [, protocol, six, local = "", remote = "", state = "", owner = ""] = match;
  const here = endpointOf(local, six === "6" ? 6 : 4);
  if (here === undefined) return [];
  const there = endpointOf(remote, six === "6" ? 6 : 4);
  const pid = /^(\d+)\//.exec(owner)?.[1];
  return [
    {
      protocol: protocol === "tcp" ? "tcp" : "udp",
      state: protocol === "tcp" ? state.replace(/^FIN_WAIT(?=\d)/, "FIN_WAIT_") : state === "" ? "BOUND" : "CONNECTED",
      local: here,
      ...(there !== undefined && { remote: there }),
      pids: pid === undefined ? [] : [Number(pid)],
    },
  ];
}
