import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { portolan } from "../bad-days/day.ts";
import { program } from "../machine.ts";
import type { Stage } from "../stage.ts";
import type { Started } from "../started.ts";
import { until } from "../until.ts";

/** The addresses of the far end. */
export const FAR = { four: "10.23.0.2", six: "fd23::2" } as const;

/** What a query said of a port, as far as it is judged here. */
export type Port = {
  protocol: "tcp" | "udp";
  port: number;
  verdict: string;
  reason: string;
  milliseconds: number;
  address?: string;
};
export type Document = {
  target: { name?: string; address: string; addresses?: string[] };
  interrupted?: true;
  unknown?: number;
  ports: Port[];
};

/** Two network namespaces of our own that a cable joins: queries run at the near end, and what they find is at the far one. */
export type Cable = {
  /** The command line that runs what follows it at an end. */
  near: string[];
  far: string[];
  /** Runs a short command at an end, and returns what it prints. */
  run(end: "near" | "far", command: string[], input?: string): string;
  /** Opens sockets at the far end. */
  listen(sockets: { tcp?: number[]; echo?: number[]; silent?: number[]; watch?: string }): Promise<Started>;
  /** Filters what comes to the far end: rules of an nftables chain, and a set that they use. */
  filter(rules: string[], set?: string): void;
  /** Has the far end send as many ICMP messages as it is given reason for. */
  unlimited(): void;
  /** Queries the far end; the document, and the exit status. */
  query(words: string[]): Promise<{ status: number | undefined; document: Document; stderr: string }>;
};

/** Lays a cable. Needs root. Whatever it is made of is gone when the stage is struck. */
export async function layCable(stage: Stage): Promise<Cable> {
  const ends = { near: await namespace(stage), far: await namespace(stage) };
  const run: Cable["run"] = (end, [file = "", ...rest], input) => {
    const [nsenter = "", ...words] = [...ends[end].inside, program(file), ...rest];
    return execFileSync(nsenter, words, { encoding: "utf8", ...(input !== undefined && { input }) });
  };
  const peer = ["peer", "name", "far", "netns", String(ends.far.pid)];
  run("near", ["ip", "link", "add", "near", "type", "veth", ...peer]);
  for (const [end, host] of [["near", 1] as const, ["far", 2] as const]) {
    run(end, ["ip", "address", "add", `10.23.0.${host}/24`, "dev", end]);
    run(end, ["ip", "address", "add", `fd23::${host}/64`, "dev", end, "nodad"]);
    run(end, ["ip", "address", "add", `fe80::${host}/64`, "dev", end, "nodad"]);
    run(end, ["ip", "link", "set", end, "up"]);
  }
  return {
    near: ends.near.inside,
    far: ends.far.inside,
    run,
    async listen(sockets) {
      const command = [program("python3"), join(import.meta.dirname, "far.py"), JSON.stringify(sockets)];
      return ready(stage.beside([...ends.far.inside, ...command]));
    },
    filter(rules, set = "") {
      const chain = ["type filter hook input priority 0", ...rules].join("\n");
      run("far", ["nft", "-f", "-"], `table inet query {\n${set}\nchain input {\n${chain}\n}\n}\n`);
    },
    unlimited() {
      run("far", ["sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0"]);
      run("far", ["sysctl", "-q", "-w", "net.ipv4.icmp_msgs_per_sec=100000", "net.ipv4.icmp_msgs_burst=100000"]);
    },
    async query(words) {
      const outcome = await portolan(stage, ["query", ...words, "--json"], ends.near.inside);
      if (outcome.stdout === "") throw new Error(outcome.stderr);
      return { status: outcome.status, document: JSON.parse(outcome.stdout), stderr: outcome.stderr };
    },
  };
}

async function namespace(stage: Stage): Promise<{ pid: number; inside: string[] }> {
  const script = `${program("ip")} link set lo up && echo ready && exec cat`;
  const { pid } = await ready(stage.beside([program("unshare"), "--net", program("sh"), "-c", script]));
  return { pid, inside: [program("nsenter"), `--net=/proc/${pid}/ns/net`, "--"] };
}

async function ready(started: Started): Promise<Started> {
  await until("ready", () => started.stdout.startsWith("ready\n"));
  return started;
}

/** How many packets an nftables counter of the far end has seen; the chain has one. */
export function packetsCounted(cable: Cable): number {
  return Number(/counter packets (\d+)/.exec(cable.run("far", ["nft", "list", "ruleset"]))?.[1]);
}

/** `80:listening` and the like, for comparisons; sorted. */
export function verdicts(ports: readonly Port[]): string[] {
  return ports.map(({ protocol, port, verdict }) => `${protocol} ${port} ${verdict}`).sort();
}
