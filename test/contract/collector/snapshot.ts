import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Socket } from "../../../src/model/socket.ts";
import { isRoot, type Subject } from "../collector.ts";
import { type Actor, startActor } from "./actor.ts";
import { linesOf, ssLines } from "./ss.ts";

/** What a snapshot has to show of sockets that a program opened and keeps. */
export function snapshotContract(subject: Subject): void {
  describe("snapshot", () => {
    let actor: Actor;
    beforeEach(async () => {
      actor = await startActor();
    });
    afterEach(() => actor.end());

    const take = async () => (await subject.create()).snapshot({});
    const held = (sockets: readonly Socket[], pid = actor.pid) =>
      sockets.filter(({ processes }) => processes.some((process) => process.pid === pid));

    test("names itself and the moment", async () => {
      const before = Date.now() * 1_000;
      const snapshot = await take();
      expect(snapshot.collector).toBe(subject.name);
      expect(snapshot.takenAt).toBeGreaterThanOrEqual(before);
      expect(snapshot.takenAt).toBeLessThanOrEqual(Date.now() * 1_000 + 1_000);
    });

    test.each(["127.0.0.1", "::1", "0.0.0.0", "::"])("23 TCP listeners on %s", async (host) => {
      const ports: number[] = [];
      for (let i = 0; i < 23; i++) ports.push((await actor.ask({ do: "listen", host })).port ?? 0);
      const sockets = held((await take()).sockets);
      expect(sockets.map(({ local }) => local.port).sort((a, b) => a - b)).toEqual(ports.sort((a, b) => a - b));
      for (const socket of sockets) {
        expect(socket).toMatchObject({ protocol: "tcp", state: "LISTEN", local: { address: host } });
        expect(socket).not.toHaveProperty("remote");
        expect(socket.networkNamespace).toBe(actor.networkNamespace);
        expect(socket.processes.map(({ pid }) => pid)).toEqual([actor.pid]);
        expect(socket.evidence).toEqual({ source: "holder" });
        expect(socket.application).toBeTruthy();
      }
    });

    test.each(["127.0.0.1", "::1"])("UDP on %s: BOUND without a peer, CONNECTED with one", async (host) => {
      const { port = 0 } = await actor.ask({ do: "bind-udp", host });
      const { port: from = 0 } = await actor.ask({ do: "connect-udp", host, port });
      const sockets = held((await take()).sockets);
      expect(linesOf(sockets)).toEqual(
        linesOf([
          udp("BOUND", { address: host, port }, undefined, actor.pid),
          udp("CONNECTED", { address: host, port: from }, { address: host, port }, actor.pid),
        ]),
      );
    });

    test.each(["127.0.0.1", "::1"])("both ends of 23 connections over %s", async (host) => {
      const { port = 0 } = await actor.ask({ do: "listen", host });
      const from: number[] = [];
      for (let i = 0; i < 23; i++) from.push((await actor.ask({ do: "connect", host, port })).port ?? 0);
      const open = held((await take()).sockets).filter(({ state }) => state === "ESTABLISHED");
      const pairs = open.map(({ local, remote }) => `${local.port}-${remote?.port}`).sort();
      expect(pairs).toEqual(from.flatMap((own) => [`${own}-${port}`, `${port}-${own}`]).sort());
      for (const { remote, local } of open) expect([local.address, remote?.address]).toEqual([host, host]);
    });

    test("an IPv4 connection to a listener of both families, as the addresses that it has", async () => {
      const { port = 0 } = await actor.ask({ do: "listen", host: "::" });
      const { port: from = 0 } = await actor.ask({ do: "connect", host: "127.0.0.1", port });
      const open = held((await take()).sockets).filter(({ state }) => state === "ESTABLISHED");
      expect(linesOf(open)).toEqual([
        `tcp ESTABLISHED 127.0.0.1:${from} 127.0.0.1:${port} ${actor.pid}`,
        `tcp ESTABLISHED [::ffff:127.0.0.1]:${port} [::ffff:127.0.0.1]:${from} ${actor.pid}`,
      ]);
    });

    test("a listener that two processes hold lists both", async () => {
      const { port, pid } = await actor.ask({ do: "share-listener", host: "127.0.0.1" });
      const [socket, ...others] = held((await take()).sockets).filter(({ local }) => local.port === port);
      expect(others).toEqual([]);
      expect(socket?.processes.map((process) => process.pid).sort()).toEqual([actor.pid, pid].sort());
    });

    test("TIME_WAIT belongs to nobody", async () => {
      const { port = 0 } = await actor.ask({ do: "listen", host: "127.0.0.1" });
      const { port: from } = await actor.ask({ do: "connect", host: "127.0.0.1", port });
      await actor.ask({ do: "close-connections" });
      const waiting = (await take()).sockets.filter(
        ({ local, remote }) => local.port === from && remote?.port === port,
      );
      expect(waiting).toHaveLength(1);
      expect(waiting[0]).toMatchObject({ state: "TIME_WAIT", processes: [], evidence: { source: "none" } });
      expect(waiting[0]).not.toHaveProperty("application");
    });

    test("the process behind a socket, with what is known of it", async () => {
      await actor.ask({ do: "listen", host: "127.0.0.1" });
      const process_ = held((await take()).sockets)[0]?.processes[0];
      expect(process_).toMatchObject({ pid: actor.pid, executable: process.execPath, uid: process.getuid?.() });
      expect(process_?.arguments?.[0]).toBe(process.execPath);
      expect(process_?.parents?.[0]?.pid).toBe(process.pid);
      // To the tick of 10 ms, and up to a second early.
      expect(Math.abs((process_?.startedAt ?? 0) - Date.now() * 1_000)).toBeLessThan(20_000_000);
    });

    test("asked for listeners alone, all of them are there", async () => {
      const { port: tcp } = await actor.ask({ do: "listen", host: "127.0.0.1" });
      const { port: udp } = await actor.ask({ do: "bind-udp", host: "127.0.0.1" });
      const snapshot = await (await subject.create()).snapshot({ only: { listening: true } });
      const ports = held(snapshot.sockets).map(({ local }) => local.port);
      expect(ports).toEqual(expect.arrayContaining([tcp, udp]));
    });

    test.skipIf(!isRoot)("agrees with ss in a namespace of its own (takes root)", async () => {
      const alone = await startActor({ isolated: true });
      try {
        for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::"]) {
          const { port = 0 } = await alone.ask({ do: "listen", host });
          const peer = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
          await alone.ask({ do: "connect", host: peer, port });
          await alone.ask({ do: "close-connections" });
          for (let i = 0; i < 3; i++) await alone.ask({ do: "connect", host: peer, port });
          const { port: bound = 0 } = await alone.ask({ do: "bind-udp", host });
          await alone.ask({ do: "connect-udp", host: peer, port: bound });
        }
        const { pid: helper = 0 } = await alone.ask({ do: "share-listener", host: "127.0.0.1" });
        const { sockets } = await take();
        const mine = sockets.filter(({ networkNamespace }) => networkNamespace === alone.networkNamespace);
        expect(linesOf(mine)).toEqual(ssLines(alone.pid));
        expect(held(mine, helper)).toHaveLength(1);
        expect(mine.filter(({ state }) => state === "TIME_WAIT")).not.toEqual([]);
      } finally {
        await alone.end();
      }
    });
  });
}

function udp(state: "BOUND" | "CONNECTED", local: Socket["local"], remote: Socket["remote"], pid: number): Socket {
  const processes = [{ pid, startedAt: 0, name: "" }];
  const socket: Socket = {
    protocol: "udp",
    state,
    local,
    networkNamespace: 0,
    processes,
    evidence: { source: "holder" },
  };
  return remote === undefined ? socket : { ...socket, remote };
}
