import type { Adapter } from "../adapter.ts";
import type { OpenRow } from "../truth.ts";
import { endpointOf } from "./address.ts";
import { listing } from "./listing.ts";

/** lsof(8): files that processes hold, so nothing that no process holds. */
export const lsof: Adapter = listing({
  name: "lsof",
  options: ["-nP", "-i", "-F", "pfPtnTd"],
  versionOptions: ["-v"],
  facts: ["open", "open pids"],
  ownerless: false,
  read: readFields,
});

/** Its output for programs: a line for each field, named by its first letter; `p` begins a process, `f` a file. */
function readFields(text: string): OpenRow[] {
  const sockets = new Map<string, OpenRow & { pids: number[] }>();
  let pid = 0;
  let fields = new Map<string, string>();
  const finish = () => {
    const row = rowOf(fields);
    if (row !== undefined) {
      // The same device number in several processes is the same socket.
      const key = fields.get("d") ?? JSON.stringify(row);
      const known = sockets.get(key);
      if (known === undefined) sockets.set(key, { ...row, pids: [pid] });
      else if (!known.pids.includes(pid)) known.pids.push(pid);
    }
    fields = new Map();
  };
  for (const line of text.split("\n")) {
    const [letter = "", value] = [line[0], line.slice(1)];
    if (letter === "p" || letter === "f") finish();
    if (letter === "p") pid = Number(value);
    else if (letter === "T") fields.set(value.slice(0, 2), value.slice(3));
    else fields.set(letter, value);
  }
  finish();
  return [...sockets.values()];
}

function rowOf(fields: Map<string, string>): OpenRow | undefined {
  const protocol = fields.get("P")?.toLowerCase();
  if (protocol !== "tcp" && protocol !== "udp") return undefined;
  const family = fields.get("t") === "IPv6" ? 6 : 4;
  const [from = "", to = ""] = (fields.get("n") ?? "").split("->");
  const local = endpointOf(from, family);
  if (local === undefined) return undefined;
  const remote = endpointOf(to, family);
  const state = protocol === "tcp" ? (fields.get("ST") ?? "CLOSE") : remote === undefined ? "BOUND" : "CONNECTED";
  return {
    protocol,
    state: state.replace(/^FIN_WAIT_?(?=\d)/, "FIN_WAIT_"),
    local,
    ...(remote !== undefined && { remote }),
  };
}
