import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { createProcfsCollector } from "../../src/collect/linux/procfs/collector.ts";
import { startActor } from "./collector/actor.ts";
import { nobodyCanRead, snapshotAsNobody } from "./collector/without-root.ts";
import { collectorContract, isRoot } from "./collector.ts";

collectorContract({
  name: "procfs",
  create: () => createProcfsCollector(),
  limits: {
    bytes: false,
    shortLived: false,
    failedBinds: false,
    portChosenBy: false,
    datagramPeers: false,
    names: false,
  },
});

describe.skipIf(!isRoot || !nobodyCanRead())(
  "without privileges (takes root, and a checkout that all may read)",
  () => {
    test("own sockets have their owner, those of others are unknown, and the gap says how many were not read", async () => {
      const actor = await startActor();
      try {
        const { port: foreign } = await actor.ask({ do: "listen", host: "127.0.0.1" });
        const { port, pid, snapshot } = snapshotAsNobody();
        const at = (wanted: number | undefined) => snapshot.sockets.filter(({ local }) => local.port === wanted);
        expect(at(port)).toMatchObject([{ processes: [{ pid, uid: 65_534 }], evidence: { source: "holder" } }]);
        expect(at(foreign)).toMatchObject([{ state: "LISTEN", processes: [], evidence: { source: "unknown" } }]);
        const reasons = snapshot.gaps.map(({ reason }) => reason);
        expect(reasons).toEqual([expect.stringMatching(/^[1-9]\d* processes of other users could not be read$/)]);
      } finally {
        await actor.end();
      }
    });
  },
);

test("processes that end while they are read are no error", async () => {
  const children: ChildProcess[] = [];
  for (let i = 0; i < 40; i++) children.push(spawn("/bin/true", { stdio: "ignore" }));
  const ended = Promise.all(children.map((child) => once(child, "exit")));
  let over = false;
  const last = ended.then(() => {
    over = true;
  });
  const collector = createProcfsCollector();
  for (let looks = 0; looks < 5 || (!over && looks < 500); looks++) {
    expect((await collector.snapshot({ verbose: true })).collector).toBe("procfs");
    await new Promise((resolve) => setImmediate(resolve));
  }
  await last;
});
