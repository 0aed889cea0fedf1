import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { compile } from "./programs/compile.ts";
import type { Stage } from "./stage.ts";
import { stages } from "./staged.ts";

const reason = lack("cc");
const stage = stages();
const many = 23;

/** A server that takes connections and ends each one. */
async function taker(on: Stage): Promise<number> {
  const port = await on.port("taker");
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  on.atEnd(() => {
    server.close();
  });
  return port;
}

describe(`${many} processes of about a millisecond, each with one connection`, () => {
  it.for([
    ["one after another", ";"],
    ["all at once", "&"],
  ])("are reported with pid, executable, arguments and flow: %s", async ([, then], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const made = compile(here, "connect-once");
    const port = await taker(here);
    const script = `i=0; while [ $i -lt ${many} ]; do "$0" ${port} "turn $i" ${then} i=$((i+1)); done; wait`;
    const started = here.observe([program("sh"), "-c", script, made]);
    expect(await started.ended()).toMatchObject({ status: 0 });
    const truth = started.stdout
      .trim()
      .split("\n")
      .map((row) => {
        const [pid, ...words] = row.split(" ");
        return { pid: Number(pid), executable: made, arguments: [made, String(port), words.join(" ")] };
      });
    expect(truth).toHaveLength(many);

    const profile = here.profile();
    const seen = profile.processes
      .filter(({ executable }) => executable === made)
      .map(({ pid, executable, arguments: words }) => ({ pid, executable, arguments: words }));
    const byPid = (a: { pid: number }, b: { pid: number }) => a.pid - b.pid;
    expect(seen.sort(byPid)).toEqual(truth.sort(byPid));
    expect(profile.connects).toMatchObject([
      { protocol: "tcp", remote: { address: "127.0.0.1", port }, flows: many, failed: 0 },
    ]);
    expect(profile.connects[0]?.pids.toSorted((a, b) => a - b)).toEqual(truth.map(({ pid }) => pid));
    expect(profile).toMatchObject({ complete: true, gaps: [] });
  });
});

describe("200,000 connections as fast as one process can", () => {
  it("are all counted on both sides, without a gap", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const [port, wanted] = [await here.port("storm"), 200_000];
    const started = here.observe([compile(here, "storm"), String(port), String(wanted)]);
    expect(await started.ended(100_000)).toMatchObject({ status: 0 });
    expect(started.stdout).toBe(`${wanted}\n`);
    const { gaps, complete, connects, listens, processes } = here.profile();
    expect(processes).toHaveLength(1);
    const pids = processes.map(({ pid }) => pid);
    expect({ gaps, complete }).toEqual({ gaps: [], complete: true });
    expect(connects).toMatchObject([{ remote: { address: "127.0.0.1", port }, flows: wanted, failed: 0, pids }]);
    expect(listens).toMatchObject([
      { address: "127.0.0.1", port, flows: wanted, pids, peers: [{ address: "127.0.0.1", flows: wanted }] },
    ]);
  });
});
