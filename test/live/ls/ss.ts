import { execFileSync } from "node:child_process";
import { program } from "../machine.ts";

const STATES: { readonly [state: string]: string } = { ESTAB: "ESTABLISHED", UNCONN: "BOUND" };

/** Runs what follows in the network namespace of a process; nothing where it is ours already. */
export function inside(pid: number | undefined): string[] {
  return pid === undefined ? [] : [program("nsenter"), `--net=/proc/${pid}/ns/net`];
}

/** Every TCP and UDP socket of the network namespace of `pid` as ss(8) sees it, one line each, sorted. */
export function socketsOfSs(pid?: number): string[] {
  const [file = "", ...words] = [...inside(pid), program("ss"), "-tunapH"];
  const text = execFileSync(file, words, { encoding: "utf8", maxBuffer: 1 << 28 });
  return text.split("\n").filter(Boolean).map(socketOf).sort();
}

/** `PROTOCOL STATE LOCAL REMOTE PIDS` of a line of ss. Names of processes may hold anything, so they come last. */
function socketOf(line: string): string {
  const [, protocol = "", state = "", local = "", remote = "", rest = ""] =
    /^(\S+) +(\S+) +\d+ +\d+ +(\S+) +(\S+)(.*)$/.exec(line) ?? [];
  if (protocol === "") throw new Error(`no line of ss: ${line}`);
  const near = endpoint(local);
  const far = remote.endsWith(":*") ? "-" : endpoint(remote, /%\S+/.exec(near)?.[0]);
  const pids = [...rest.matchAll(/,pid=(\d+),fd=\d+\)/g)].map(([, pid]) => Number(pid));
  const named = protocol === "udp" && state === "ESTAB" ? "CONNECTED" : (STATES[state] ?? state.replaceAll("-", "_"));
  return lineOf(protocol, named, near, far, pids);
}

/** How both sides are compared. */
export function lineOf(protocol: string, state: string, local: string, remote: string, pids: number[]): string {
  return `${protocol} ${state} ${local} ${remote} ${[...new Set(pids)].sort((a, b) => a - b).join(",")}`;
}

/**
 * An endpoint as Portolan writes it: ss writes `*` for the wildcard of both versions, an interface behind whatever
 * address is bound to one, and none behind a link-local peer, which is on the same link.
 */
function endpoint(text: string, link = ""): string {
  const [, words = "", name = "", port = ""] = /^(.*?)(%[^:\]]+)?:(\d+)$/.exec(text) ?? [];
  const address = words.replace(/^\[|\]$/g, "");
  const local = /^fe[89ab]/.test(address);
  return `${address === "*" ? "::" : address}${local ? name || link : ""} ${port}`;
}
