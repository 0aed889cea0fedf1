import { afterEach, describe, expect, test } from "vitest";
import { isRoot, type Subject } from "../collector.ts";
import { type Actor, startActor } from "./actor.ts";
import { flowsOf, type Recording, record } from "./recording.ts";

const HOST = "127.0.0.1";

/** Registers a test where the subject claims to know the thing; what it does not claim is no test at all, and no skip. */
function asked(known: boolean) {
  const nothing = () => undefined;
  return known ? test : Object.assign(nothing, { skipIf: () => nothing });
}

/** What only some collectors can know, as the subject's limits say. */
export function depthContract({ create, limits, name }: Subject): void {
  describe(`depth (limits of ${name})`, () => {
    const actors: Actor[] = [];
    let recording: Recording | undefined;
    afterEach(async () => {
      await recording?.capture.close();
      recording = undefined;
      for (const actor of actors.splice(0)) await actor.end();
    });
    const act = async (options: { isolated?: boolean } = {}) => {
      const actor = await startActor(options);
      actors.push(actor);
      return actor;
    };
    const start = async (actor: Actor) => {
      recording = await record(await create(), { kind: "process", pid: actor.pid });
      return recording;
    };

    asked(limits.shortLived)("23 connections of a millisecond are 23 flows, with their ends", async () => {
      const server = await act();
      const { port = 0 } = await server.ask({ do: "listen", host: HOST });
      const client = await act();
      const { events, until, of } = await start(client);
      await client.ask({ do: "short", host: HOST, port, count: 23 });
      await until(() => expect(flowsOf(events).filter(({ ends }) => ends === 1)).toHaveLength(23));
      for (const flow of flowsOf(events)) {
        expect(flow).toMatchObject({ direction: "outbound", remote: { address: HOST, port }, begins: 1 });
        expect(flow.process?.pid).toBe(client.pid);
      }
      expect(of("gap")).toEqual([]);
    });

    asked(limits.bytes)("payload is counted to the byte, on both sides", async () => {
      const actor = await act();
      const { port = 0 } = await actor.ask({ do: "listen", host: HOST });
      const { events, until } = await start(actor);
      for (let i = 0; i < 23; i++) await actor.ask({ do: "connect", host: HOST, port, send: 1_009 * i + 1 });
      await actor.ask({ do: "close-all" });
      await until(() => expect(flowsOf(events).filter(({ ends }) => ends === 1)).toHaveLength(46));
      const expected = Array.from({ length: 23 }, (_, i) => 1_009 * i + 1);
      for (const direction of ["inbound", "outbound"]) {
        const flows = flowsOf(events).filter((flow) => flow.direction === direction);
        const count = (bytes: (number | undefined)[]) => bytes.map(Number).sort((a, b) => a - b);
        expect(count(flows.map(({ bytesIn }) => bytesIn))).toEqual(expected);
        expect(count(flows.map(({ bytesOut }) => bytesOut))).toEqual(expected);
      }
    });

    asked(!limits.bytes)("bytes that it cannot count are absent, not 0", async () => {
      const actor = await act();
      const { port = 0 } = await actor.ask({ do: "listen", host: HOST });
      const { events, until, of } = await start(actor);
      await actor.ask({ do: "connect", host: HOST, port, send: 101 });
      await until(() => expect(flowsOf(events)).toHaveLength(2));
      for (const flow of of("flow")) {
        expect(flow).not.toHaveProperty("bytesIn");
        expect(flow).not.toHaveProperty("bytesOut");
      }
    });

    asked(limits.failedBinds)("a bind to a port in use is told, with the error", async () => {
      const owner = await act();
      const { port = 0 } = await owner.ask({ do: "listen", host: HOST });
      const actor = await act();
      const { of, until } = await start(actor);
      expect((await actor.attempt({ do: "listen", host: HOST, port })).error).toBe("EADDRINUSE");
      await until(() =>
        expect(of("bind-failed")).toMatchObject([
          { protocol: "tcp", local: { address: HOST, port }, error: "EADDRINUSE", process: { pid: actor.pid } },
        ]),
      );
      expect(of("listen")).toEqual([]);
    });

    asked(limits.shortLived)("a refused connection is an attempt that failed", async () => {
      const actor = await act();
      const { port = 0 } = await actor.ask({ do: "listen", host: HOST });
      await actor.ask({ do: "close-all" });
      const { events, until } = await start(actor);
      expect((await actor.attempt({ do: "connect", host: HOST, port })).error).toBe("ECONNREFUSED");
      await until(() =>
        expect(flowsOf(events)).toMatchObject([
          { direction: "outbound", remote: { address: HOST, port }, failed: "ECONNREFUSED", begins: 0 },
        ]),
      );
    });

    asked(limits.portChosenBy)("who chose a port: the system when 0 was asked for", async () => {
      const actor = await act();
      const { port: free = 0 } = await actor.ask({ do: "listen", host: HOST });
      await actor.ask({ do: "close-all" });
      const { of, until } = await start(actor);
      const { port: given } = await actor.ask({ do: "listen", host: HOST });
      await actor.ask({ do: "listen", host: HOST, port: free });
      const { port: bound } = await actor.ask({ do: "bind-udp", host: HOST, port: free });
      await until(() => expect(of("listen").length).toBeGreaterThanOrEqual(3));
      const chosen = of("listen").map(
        ({ protocol, local, portChosenBy }) => `${protocol} ${local.port} ${portChosenBy}`,
      );
      expect(chosen.sort()).toEqual(
        [`tcp ${given} system`, `tcp ${free} application`, `udp ${bound} application`].sort(),
      );
    });

    asked(!limits.portChosenBy)("who chose a port is absent where it cannot be known", async () => {
      const actor = await act();
      const { of, until } = await start(actor);
      await actor.ask({ do: "listen", host: HOST });
      await until(() => expect(of("listen")).toHaveLength(1));
      expect(of("listen")[0]).not.toHaveProperty("portChosenBy");
    });

    asked(limits.datagramPeers)("23 datagrams to one peer are one flow, counted", async () => {
      const actor = await act();
      const { port = 0 } = await actor.ask({ do: "bind-udp", host: HOST });
      const client = await act();
      const { events, until } = await start(client);
      const { port: from } = await client.ask({ do: "send-udp", host: HOST, port, datagrams: 23, size: 0x65 });
      const sent = () => flowsOf(events).filter(({ remote }) => remote?.port === port);
      await until(() => expect(sent().map(({ bytesOut }) => bytesOut)).toEqual([23 * 0x65]));
      expect(sent()).toMatchObject([
        { protocol: "udp", direction: "outbound", local: { port: from }, process: { pid: client.pid } },
      ]);
    });

    asked(!limits.datagramPeers)("UDP with a fixed peer is a flow to it before any traffic", async () => {
      const actor = await act();
      const { port = 0 } = await actor.ask({ do: "bind-udp", host: HOST });
      const { events, until } = await start(actor);
      const { port: from } = await actor.ask({ do: "connect-udp", host: HOST, port });
      await until(() =>
        expect(flowsOf(events)).toMatchObject([
          { protocol: "udp", direction: "outbound", local: { port: from }, remote: { address: HOST, port } },
        ]),
      );
    });

    const resolves = "the name that was asked for, with the addresses it was given (takes root)";
    asked(limits.names).skipIf(!isRoot)(resolves, async () => {
      const actor = await act({ isolated: true });
      await actor.ask({ do: "serve-names", name: "harbour.example", address: "192.0.2.23" });
      const { of, until } = await start(actor);
      expect(await actor.ask({ do: "resolve", name: "harbour.example" })).toEqual({ addresses: ["192.0.2.23"] });
      await until(() =>
        expect(of("name")).toContainEqual(
          expect.objectContaining({ name: "harbour.example", addresses: ["192.0.2.23"] }),
        ),
      );
    });
  });
}
