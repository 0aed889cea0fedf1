import type { Adapter } from "../adapter.ts";
import type { OpenRow } from "../truth.ts";
import { endpointOf } from "./address.ts";
import { listing } from "./listing.ts";

/** ss(8), with its owners. It looks into one network namespace and names none. */
export const ss: Adapter = listing({
  name: "ss",
  options: ["-tunapH"],
  versionOptions: ["--version"],
  facts: ["open", "open pids"],
  read: (text) => text.split("\n").flatMap(rowOf),
});

/** One line: `tcp ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 users:(("name",pid=3,fd=4),…)`. */
function rowOf(line: string): OpenRow[] {
  const [protocol, state = "", , , local = "", remote = ""] = line.split(/\s+/);
  if (protocol !== "tcp" && protocol !== "udp") return [];
  // A dual-stack wildcard is printed as a bare asterisk.
  const family = local.startsWith("[") || local.startsWith("*") ? 6 : 4;
  const here = endpointOf(local, family);
  if (here === undefined) return [];
  const there = endpointOf(remote, family);
  const pids = [...line.matchAll(/pid=(\d+)/g)].map(([, pid]) => Number(pid));
  return [
    {
      protocol,
      state: stateOf(protocol, state),
      local: here,
      ...(there !== undefined && { remote: there }),
      pids: [...new Set(pids)],
    },
  ];
}

function stateOf(protocol: string, state: string): string {
  if (protocol === "udp") return state === "ESTAB" ? "CONNECTED" : "BOUND";
  return state === "ESTAB" ? "ESTABLISHED" : state.replaceAll("-", "_").replace(/^FIN_WAIT(?=\d)/, "FIN_WAIT_");
}
