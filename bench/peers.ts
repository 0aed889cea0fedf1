import { spawnSync } from "node:child_process";

/** The programs beside which Portolan is measured, or that measure it, with the Debian package that brings each. */
export const PEERS = {
  ss: { package: "iproute2", version: ["-V"] },
  lsof: { package: "lsof", version: ["-v"] },
  netstat: { package: "net-tools", version: ["--version"] },
  bpftrace: { package: "bpftrace", version: ["--version"] },
  strace: { package: "strace", version: ["--version"] },
  conntrack: { package: "conntrack", version: ["--version"] },
  nft: { package: "nftables", version: ["--version"] },
  nmap: { package: "nmap", version: ["--version"] },
  bpftool: { package: "bpftool", version: ["version"] },
} as const satisfies Record<string, { package: string; version: string[] }>;

export type Peer = keyof typeof PEERS;

/** The number that each gives for its own version; undefined where it cannot be started. */
export function versionOf(peer: Peer): string | undefined {
  const { error, stdout, stderr } = spawnSync(peer, PEERS[peer].version, { encoding: "utf8" });
  if (error) return undefined;
  return /\d+(\.\d+)+/.exec(`${stdout}\n${stderr}`)?.[0] ?? "unknown";
}

/** "apt install PACKAGE", for a peer that is missing. */
export function remedy(peer: Peer): string {
  return `missing: apt install ${PEERS[peer].package}`;
}
