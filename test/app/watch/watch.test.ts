import { describe, expect, test } from "vitest";
import { startWatch, type WatchRequest } from "../../../src/app/watch/watch.ts";
import { createScriptedCollector } from "../../../src/collect/scripted/collector.ts";
import type { Step } from "../../../src/collect/scripted/script.ts";
import type { Change } from "../../../src/model/change.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Degradation } from "../../../src/model/gap.ts";
import { Problem } from "../../../src/model/problem.ts";
import { flow, listen, process as processEvent, START } from "../../analyze/events.ts";

const holder = { evidence: { source: "holder" } } as const;
const server = "10.0.0.1:443";
const client = "10.0.0.7:51000";

/** A watch in a made-up world, what it told so far, and the means to let the world go on. */
async function watching(steps: Step[], request: Partial<WatchRequest> = {}, degradations: Degradation[] = []) {
  const collector = createScriptedCollector({ steps });
  const select = async () => ({ collector, degradations });
  const watch = await startWatch({ filters: [], verbose: false, ...request }, select);
  const told: Change[] = [];
  watch.follow((changes) => told.push(...changes));
  return { watch, collector, told, words: () => told.map(({ event }) => event) };
}

describe("a watch", () => {
  test("tells what is open, as ls orders it, then what happens", async () => {
    const { watch, collector, told, words } = await watching([
      {
        events: [
          processEvent(100),
          flow("f", server, client, { ...holder, ended: false }),
          listen("b", "::", 443, holder),
          listen("a", "::", 80, holder),
        ],
      },
      { wait: "later" },
      { events: [{ kind: "unlisten", at: START, socket: "a" }] },
      { wait: "end" },
    ]);
    expect(words()).toEqual(["process", "open", "open", "process", "open"]);
    expect(told.flatMap((change) => (change.event === "open" ? [change.id] : []))).toEqual(["a", "b", "f"]);
    expect(watch.open().map(({ id }) => id)).toEqual(["f", "b", "a"]);
    collector.pass("later");
    await collector.reached("end");
    expect(words().slice(5)).toEqual(["close"]);
    expect(watch.tally).toMatchObject({ found: 3, opened: 0, closed: 1, failed: 0 });
    await watch.close();
  });

  test("keeps what happened before anybody followed", async () => {
    const collector = createScriptedCollector({ steps: [{ events: [flow("f", server, client)] }] });
    const watch = await startWatch({ filters: [], verbose: false }, async () => ({ collector, degradations: [] }));
    const told: Change[] = [];
    watch.follow((changes) => told.push(...changes));
    expect(told.map(({ event }) => event)).toEqual(["process", "inbound", "close"]);
    await watch.close();
  });

  test.each([
    [[":443"], 2],
    [["listening"], 1],
    [["udp"], 0],
    [["pid:101"], 2],
  ])("of %j tells the sockets that ls would", async (filters, count) => {
    const events = [processEvent(100), processEvent(101), flow("f", server, client), listen("a", "::", 80)];
    const { watch, told } = await watching([{ events }], { filters });
    expect(told.filter((change) => "socket" in change)).toHaveLength(count);
    await watch.close();
  });

  test("of processes ends when all of them have", async () => {
    const exit = (pid: number): CollectorEvent => ({ kind: "exit", at: START, process: { pid, startedAt: START } });
    const { watch, collector } = await watching(
      [
        { events: [processEvent(100)] },
        { wait: "one" },
        { events: [exit(100)] },
        { wait: "other" },
        { events: [exit(101)] },
      ],
      { filters: ["pid:100", "pid:101"] },
    );
    let ended = false;
    const end = watch.ended.then(() => {
      ended = true;
    });
    collector.pass("one");
    await collector.reached("other");
    expect(ended).toBe(false);
    collector.pass("other");
    await end;
    await watch.close();
  });

  test("names the same watch as root where root would see more", async () => {
    const { watch } = await watching([], { filters: ["tcp", ":80"] }, [
      { what: "short connections", remedy: "sudo ./portolan run -- COMMAND" },
      { what: "owners", remedy: "sudo ./portolan ls" },
      { what: "all", remedy: "sudo apt-get install libbpf1" },
      { what: "names" },
    ]);
    expect(watch.degradations).toEqual([
      { what: "short connections", remedy: "sudo ./portolan watch tcp :80" },
      { what: "owners", remedy: "sudo ./portolan watch tcp :80" },
      { what: "all", remedy: "sudo apt-get install libbpf1" },
      { what: "names" },
    ]);
    await watch.close();
  });
});

describe("a watch that cannot begin", () => {
  test.each([
    [["pid:4294967"], "no-such-process", "ps -e"],
    [["foo"], "bad-filter", "./portolan watch app:foo"],
  ] as const)("of %j says why", async (filters, code, next) => {
    const problem = await startWatch({ filters, verbose: false, collector: "procfs" }).catch((error) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ code, next });
  });
});
