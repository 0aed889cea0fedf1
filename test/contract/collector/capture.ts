import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Subject } from "../collector.ts";
import { type Actor, startActor } from "./actor.ts";
import { flowsOf, type Recording, record } from "./recording.ts";

const HOST = "127.0.0.1";

/** What every capture has to tell about sockets that stay open long enough for anyone to see them. */
export function captureContract(subject: Subject): void {
  describe("capture", () => {
    let actor: Actor;
    let recording: Recording | undefined;
    beforeEach(async () => {
      actor = await startActor();
    });
    afterEach(async () => {
      await recording?.capture.close();
      recording = undefined;
      await actor.end();
    });
    const start = async () => {
      recording = await record(await subject.create(), { kind: "process", pid: actor.pid });
      return recording;
    };

    test("23 listeners, 23 connections, their ends, and the end of the process, in order", async () => {
      const { capture, events, of, until } = await start();
      expect(capture.collector).toBe(subject.name);
      const ports: number[] = [];
      for (let i = 0; i < 23; i++) ports.push((await actor.ask({ do: "listen", host: HOST })).port ?? 0);
      await until(() => expect(of("listen")).toHaveLength(23));
      const from: number[] = [];
      for (const port of ports) from.push((await actor.ask({ do: "connect", host: HOST, port })).port ?? 0);
      await until(() => expect(flowsOf(events)).toHaveLength(46));
      await actor.ask({ do: "close-all" });
      await until(() => {
        expect(of("unlisten")).toHaveLength(23);
        expect(flowsOf(events).filter(({ ends }) => ends === 1)).toHaveLength(46);
      });
      await actor.end();
      await until(() => expect(of("exit")).toHaveLength(1));

      const listens = of("listen");
      expect(listens.map(({ local }) => local.port).sort()).toEqual([...ports].sort());
      expect(
        of("unlisten")
          .map(({ socket }) => socket)
          .sort(),
      ).toEqual(listens.map(({ socket }) => socket).sort());
      for (const { protocol, local, process } of listens) {
        expect([protocol, local.address, process?.pid]).toEqual(["tcp", HOST, actor.pid]);
      }
      const flows = flowsOf(events);
      const pairs = from.map((own, i) => [own, ports[i]]);
      const ends = (direction: string) =>
        flows
          .filter((flow) => flow.direction === direction)
          .map(({ local, remote }) => `${local.port} ${remote?.port}`)
          .sort();
      expect(ends("outbound")).toEqual(pairs.map(([own, port]) => `${own} ${port}`).sort());
      expect(ends("inbound")).toEqual(pairs.map(([own, port]) => `${port} ${own}`).sort());
      for (const flow of flows) {
        expect(flow).toMatchObject({ protocol: "tcp", begins: 1, ends: 1, process: { pid: actor.pid } });
        expect(flow).not.toHaveProperty("failed");
      }
      // One process, one key, told before anything that it did, and gone after all of it.
      const told = of("process").filter(({ process }) => process.pid === actor.pid);
      const keys = [...listens, ...flows].map(({ process }) => process?.startedAt);
      expect(new Set([...keys, of("exit")[0]?.process.startedAt])).toEqual(new Set([told[0]?.process.startedAt]));
      const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== "gap" && kind !== "name");
      expect(kinds[0]).toBe("process");
      expect(kinds.at(-1)).toBe("exit");
      expect(kinds.lastIndexOf("listen")).toBeLessThan(kinds.indexOf("unlisten"));
    });

    test("what is open at the start is told at once", async () => {
      const { port = 0 } = await actor.ask({ do: "listen", host: HOST });
      await actor.ask({ do: "connect", host: HOST, port });
      const bound = await bindUdp(actor);
      const { of, events, until } = await start();
      await until(() => {
        expect(
          of("listen")
            .map(({ protocol, local }) => `${protocol} ${local.port}`)
            .sort(),
        ).toEqual([`tcp ${port}`, `udp ${bound}`].sort());
        expect(
          flowsOf(events)
            .map(({ direction }) => direction)
            .sort(),
        ).toEqual(["inbound", "outbound"]);
      });
      for (const event of of("listen")) expect(event.process?.pid).toBe(actor.pid);
      for (const flow of flowsOf(events)) expect(flow).toMatchObject({ begins: 1, process: { pid: actor.pid } });
    });

    test("children belong to the process that started them", async () => {
      const { of, until } = await start();
      const { pid, port } = await actor.ask({ do: "share-listener", host: HOST });
      await until(() => {
        expect(of("process").map(({ process }) => process.pid)).toContain(pid);
        expect(of("listen").map(({ local }) => local.port)).toContain(port);
      });
    });

    test("strangers do not belong to it", async () => {
      const stranger = await startActor();
      try {
        const { of, until } = await start();
        await stranger.ask({ do: "listen", host: HOST });
        const { port } = await actor.ask({ do: "listen", host: HOST });
        await until(() => expect(of("listen").map(({ local }) => local.port)).toEqual([port]));
        expect(of("process").map(({ process }) => process.pid)).not.toContain(stranger.pid);
      } finally {
        await stranger.end();
      }
    });

    test("says at its close whether anything may have been missed", async () => {
      const { capture, of } = await start();
      await capture.close();
      await capture.close();
      const gaps = of("gap").map(({ gap }) => gap);
      if (subject.limits.shortLived) expect(gaps).toEqual([]);
      else expect(gaps.some(({ reason, from, until }) => reason.includes("missed") && from < until)).toBe(true);
      if (Object.values(subject.limits).includes(false)) expect(capture.degradations).not.toEqual([]);
    });
  });
}

/**
 * Binds a UDP socket to a port that its program chose, below those that systems give out: a socket on one of theirs
 * may just as well be a client's, and whether it listens is then a matter of judgement. Returns the port.
 */
async function bindUdp(actor: Actor): Promise<number> {
  for (let port = 20_011; port < 20_111; port++) {
    const { error } = await actor.attempt({ do: "bind-udp", host: HOST, port });
    if (error === undefined) return port;
    if (error !== "EADDRINUSE") throw new Error(error);
  }
  throw new Error("no UDP port from 20011 to 20110 is free");
}
