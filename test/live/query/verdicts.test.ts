import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import { stages } from "../staged.ts";
import { type Cable, FAR, layCable, type Port, packetsCounted, verdicts } from "./cable.ts";
import { nmapVerdicts } from "./nmap.ts";

const reason = lack("unshare", "nsenter", "ip", "nft", "nmap", "python3", "sysctl");
const stage = stages();

/** How nftables rejects, and what a query makes of it. */
const REJECTIONS = {
  four: [
    ["icmp type net-unreachable", "filtered", "icmp network unreachable"],
    ["icmp type host-unreachable", "filtered", "icmp host unreachable"],
    ["icmp type prot-unreachable", "filtered", "icmp protocol unreachable"],
    ["icmp type port-unreachable", "not-listening", "icmp port unreachable"],
    ["icmp type net-prohibited", "filtered", "icmp network administratively prohibited"],
    ["icmp type host-prohibited", "filtered", "icmp host administratively prohibited"],
    ["icmp type admin-prohibited", "filtered", "icmp administratively prohibited"],
  ],
  six: [
    ["icmpv6 type no-route", "filtered", "icmp no route to destination"],
    ["icmpv6 type admin-prohibited", "filtered", "icmp administratively prohibited"],
    ["icmpv6 type addr-unreachable", "filtered", "icmp address unreachable"],
    ["icmpv6 type port-unreachable", "not-listening", "icmp port unreachable"],
    ["icmpv6 type policy-fail", "filtered", "icmp source address failed policy"],
    ["icmpv6 type reject-route", "filtered", "icmp reject route to destination"],
  ],
} as const;
const FAMILIES = ["four", "six"] as const;
const FIRST = 1_001;

/** A filter at the far end that rejects a port in each way, and behind these one by a reset and one not at all. */
function reject(cable: Cable, family: (typeof FAMILIES)[number]): void {
  const ways = REJECTIONS[family].map(([way]) => way);
  cable.filter([
    ...ways.map((way, index) => `meta l4proto { tcp, udp } th dport ${FIRST + index} reject with ${way}`),
    `tcp dport ${FIRST + ways.length} reject with tcp reset`,
    `meta l4proto { tcp, udp } th dport ${FIRST + ways.length + 1} drop`,
  ]);
}

function saidOf(ports: readonly Port[], protocol: Port["protocol"]) {
  return ports
    .filter((each) => each.protocol === protocol)
    .map(({ port, verdict, reason }) => ({ port, verdict, reason }));
}

describe.for(FAMILIES)("IPv%s", (family) => {
  it("tells every way of rejecting, as nmap does, and by its name", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const cable = await layCable(stage());
    cable.unlimited();
    reject(cable, family);
    const rejected = REJECTIONS[family].map(([, verdict, why], index) => ({
      port: FIRST + index,
      verdict,
      reason: why,
    }));
    const reset = { port: FIRST + rejected.length, verdict: "not-listening", reason: "reset" };
    const dropped = FIRST + rejected.length + 1;
    const range = `${FIRST}:${dropped}`;
    const { status, document } = await cable.query([FAR[family], "-r", range, "-p", "both"]);
    expect(status).toBe(2);
    expect(saidOf(document.ports, "tcp")).toEqual([
      ...rejected,
      reset,
      { port: dropped, verdict: "filtered", reason: "no answer in 3 tries" },
    ]);
    expect(saidOf(document.ports, "udp")).toEqual([
      ...rejected,
      { port: reset.port, verdict: "not-listening", reason: "icmp port unreachable" },
      { port: dropped, verdict: "listening-or-filtered", reason: "no answer in 2 tries" },
    ]);
    const ports = range.replace(":", "-");
    expect(verdicts(document.ports)).toEqual(nmapVerdicts(cable, FAR[family], { tcp: ports, udp: ports }));
  });

  it("finds 23 open ports among 1,009, as nmap does", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const cable = await layCable(stage());
    const open = Array.from({ length: 23 }, (_, index) => 3_001 + index * 43);
    await cable.listen({ tcp: open });
    cable.filter(["tcp dport 3500-3512 drop"]);
    const { status, document } = await cable.query([FAR[family], "-r", "3001:4009"]);
    expect(status).toBe(0);
    expect(document.ports.flatMap(({ port, verdict }) => (verdict === "listening" ? [port] : []))).toEqual(open);
    expect(document.ports.map(({ port }) => port)).toEqual(Array.from({ length: 1_009 }, (_, index) => 3_001 + index));
    expect(verdicts(document.ports)).toEqual(nmapVerdicts(cable, FAR[family], { tcp: "3001-4009" }));
  });
});

describe("what is dropped", () => {
  it("is filtered, after three packets each", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const cable = await layCable(stage());
    cable.filter(["tcp dport 2000-2996 counter drop"]);
    const { status, document } = await cable.query([FAR.four, "-r", "2000:2996"]);
    expect(status).toBe(2);
    const reasons = new Set(document.ports.map((each) => `${each.verdict}: ${each.reason}`));
    expect([document.ports.length, ...reasons]).toEqual([997, "filtered: no answer in 3 tries"]);
    // On a machine that stands still for a while the kernel may send a SYN again by itself.
    expect(packetsCounted(cable)).toBeGreaterThanOrEqual(997 * 3);
    expect(packetsCounted(cable)).toBeLessThan(997 * 4);
  });

  it("is told from what listens where the first two packets get lost", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const cable = await layCable(stage());
    const open = Array.from({ length: 101 }, (_, index) => 2_001 + index * 2);
    await cable.listen({ tcp: open });
    const set = "set lost { type inet_service; flags dynamic; size 1024; }";
    const lose = "tcp flags & (syn | ack) == syn add @lost { tcp dport limit rate 1/hour burst 2 packets } drop";
    cable.filter([lose], set);
    const { document } = await cable.query([FAR.four, "-r", "2000:2202"]);
    const found = document.ports.flatMap(({ port, verdict }) => (verdict === "listening" ? [port] : []));
    expect(found).toEqual(open);
    expect(document.ports.filter(({ verdict }) => verdict === "not-listening")).toHaveLength(203 - 101);
  });
});

describe("a host that limits its ICMP messages, as every Linux does", () => {
  it("has no closed UDP port taken for a silent one, nor the reverse", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const cable = await layCable(stage());
    cable.run("far", ["sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=1000"]);
    const silent = [5_003, 5_011, 5_019];
    await cable.listen({ echo: [5_007], silent });
    const { status, document } = await cable.query([FAR.four, "-p", "udp", "-r", "5000:5022"]);
    expect(status).toBe(0);
    const having = (verdict: string) => document.ports.filter((each) => each.verdict === verdict);
    expect(having("listening")).toMatchObject([{ port: 5_007, reason: "answered" }]);
    expect(having("listening-or-filtered").map(({ port }) => port)).toEqual(silent);
    expect(having("not-listening")).toHaveLength(19);
  });
});
