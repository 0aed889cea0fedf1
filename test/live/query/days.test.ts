import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectNoBug, portolan, privateMounts } from "../bad-days/day.ts";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { stages } from "../staged.ts";
import { until } from "../until.ts";
import { type Document, FAR, layCable } from "./cable.ts";

const reason = lack("unshare", "nsenter", "ip", "nft", "python3", "mount");
const stage = stages();

/** The command line that gives what follows it a file of its own in place of one below /etc. */
function withFile(here: ReturnType<typeof stage>, path: string, content: string): string[] {
  const own = here.path(path.replaceAll("/", "-"));
  writeFileSync(own, content);
  return privateMounts(`${program("mount")} --bind ${own} ${path}`);
}

describe("a name with several addresses", () => {
  it("listens where it does at any of them", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    await cable.listen({ tcp: [4_001] });
    cable.filter(["ip6 nexthdr tcp tcp dport 4001 reject with tcp reset"]);
    const hosts = withFile(here, "/etc/hosts", `${FAR.six} harbour.test\n${FAR.four} harbour.test\n`);
    const words = ["query", "harbour.test", "-o", "4001,4002", "--json"];
    const { status, stdout } = await portolan(here, words, [...cable.near, ...hosts]);
    const { target, ports } = JSON.parse(stdout) as Document;
    expect(status).toBe(0);
    expect(target).toEqual({ name: "harbour.test", address: FAR.four, addresses: [FAR.six, FAR.four] });
    expect(ports).toMatchObject([
      { port: 4_001, verdict: "listening", address: FAR.four },
      { port: 4_002, verdict: "not-listening", address: FAR.six },
    ]);
  });

  it("is not kept waiting by an address without a route", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const hosts = withFile(here, "/etc/hosts", `2001:db8::1 harbour.test\n${FAR.four} harbour.test\n`);
    const { status, stdout } = await portolan(here, ["query", "harbour.test", "--json"], [...cable.near, ...hosts]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      target: { name: "harbour.test", address: FAR.four },
      ports: [{ port: 80, verdict: "not-listening", reason: "reset", address: FAR.four }],
    });
  });
});

describe("names", () => {
  it("the name of an address is found beside the scan, and left out on demand", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const around = [...cable.near, ...withFile(here, "/etc/hosts", `${FAR.four} far.test\n`)];
    const named = await portolan(here, ["query", FAR.four, "--json"], around);
    expect(JSON.parse(named.stdout).target).toEqual({ name: "far.test", address: FAR.four });
    const lines = await portolan(here, ["query", FAR.four, "-r", "1:23", "--ndjson"], around);
    const targets = lines.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).target);
    expect(targets).toEqual(Array(23).fill({ name: "far.test", address: FAR.four }));
    const plain = await portolan(here, ["query", FAR.four, "--no-reverse", "--json"], around);
    expect(JSON.parse(plain.stdout).target).toEqual({ address: FAR.four });
  });

  it("a name server that never answers keeps nobody from the verdict", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    cable.filter(["udp dport 53 drop"]);
    const around = [...cable.near, ...withFile(here, "/etc/resolv.conf", `nameserver ${FAR.four}\n`)];
    const { status, stdout } = await portolan(here, ["query", FAR.four, "--json"], around);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ target: { address: FAR.four }, ports: [{ verdict: "not-listening" }] });
  });

  it("services are called as this machine's own file has it, and the registry knows the rest", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const around = withFile(here, "/etc/services", "lighthouse 22/tcp\n");
    const { stdout } = await portolan(here, ["query", "127.0.0.1", "-o", "22,23", "--json"], around);
    const services = (JSON.parse(stdout).ports as { service?: string }[]).map(({ service }) => service);
    expect(services).toEqual(["lighthouse", "telnet"]);
  });
});

describe("ways that lead nowhere", () => {
  it("an address without a route is filtered, and why", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const { status, document } = await cable.query(["198.51.100.1", "-p", "both", "--no-reverse"]);
    expect(status).toBe(2);
    const why = { verdict: "filtered", reason: "no route to the network (ENETUNREACH)" };
    expect(document.ports).toMatchObject([why, why]);
  });

  it("a host that is not there is filtered too", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const { status, document } = await cable.query(["10.23.0.99", "--no-reverse"]);
    expect(status).toBe(2);
    expect(document.ports).toMatchObject([{ verdict: "filtered" }]);
  });

  it("what the local firewall forbids is said to be forbidden here", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const rules = "table inet own { chain out { type filter hook output priority 0; udp dport 4001 drop; }\n}\n";
    cable.run("near", ["nft", "-f", "-"], rules);
    const { document } = await cable.query([FAR.four, "-p", "udp", "-e", "4001", "--no-reverse"]);
    expect(document.ports).toMatchObject([{ verdict: "filtered", reason: "not permitted by this system (EPERM)" }]);
  });

  it("a link-local address is asked on its link", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    await cable.listen({ tcp: [4_001], echo: [4_001] });
    const { status, document } = await cable.query(["fe80::2%near", "-p", "both", "-e", "4001"]);
    expect(status).toBe(0);
    expect(document.target.address).toBe("fe80::2%near");
    expect(document.ports).toMatchObject([{ verdict: "listening" }, { verdict: "listening", reason: "answered" }]);
    const { status: none, stderr } = await portolan(here, ["query", "fe80::2"], cable.near);
    expect(none).toBe(64);
    expect(stderr).toContain("next: ./portolan query fe80::2%near\n");
  });
});

describe("the rate", () => {
  it.for(["tcp", "udp"] as const)("is not exceeded in any second, by %s", async (protocol, { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    const watcher = await cable.listen({ watch: "far" });
    cable.filter(["meta l4proto { tcp, udp } drop"]);
    const rate = 197;
    const words = [FAR.four, "-p", protocol, "-r", "1:199", "--rate", String(rate), "--no-reverse"];
    const { document } = await cable.query(words);
    expect(document.ports).toHaveLength(199);
    watcher.input.end();
    await watcher.ended();
    const times = JSON.parse(watcher.stdout.split("\n")[1] ?? "") as number[];
    expect(times.length).toBeGreaterThanOrEqual(199 * (protocol === "tcp" ? 3 : 2));
    const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1).length));
    // A process that the machine stops between counting and sending may be a few packets late, and then a few early.
    expect(most).toBeLessThanOrEqual(rate * 1.1);
  });
});

describe("an interruption", () => {
  it.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s shows what is known, and ends with %i", async ([signal, wanted], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const cable = await layCable(here);
    cable.filter(["tcp dport 2000-2996 counter drop"]);
    const words = ["query", FAR.four, "-r", "1990:2996", "--rate", "50", "--no-reverse", "--json"];
    const started = here.beside([...cable.near, launcher, ...words]);
    await until("a packet at a silent port", () =>
      /counter packets [1-9]/.test(cable.run("far", ["nft", "list", "ruleset"])),
    );
    process.kill(started.pid, signal);
    expect(await started.ended()).toEqual({ status: wanted, signal: undefined });
    const document = JSON.parse(started.stdout) as Document;
    expectNoBug(started.stderr);
    expect(document).toMatchObject({ interrupted: true });
    expect(document.ports.slice(0, 10).map(({ verdict }) => verdict)).toEqual(Array(10).fill("not-listening"));
    expect(document.unknown).toBe(1_007 - document.ports.length);
  });
});
