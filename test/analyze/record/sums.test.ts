import fc from "fast-check";
import { expect, it } from "vitest";
import type { Folded } from "../../../src/analyze/record.ts";
import type { FlowEvent } from "../../../src/model/event.ts";
import { flow, process, START } from "../events.ts";
import { folding, latest, summed } from "./folding.ts";

/** What may happen next: to one of a few flows, or to the clocks. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ open: fc.nat(30), udp: fc.boolean(), waits: fc.boolean(), found: fc.boolean() }),
  },
  { weight: 9, arbitrary: fc.record({ grow: fc.nat(30), bytes: fc.nat(1e6), ends: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ whole: fc.nat(3), bytes: fc.nat(1e6), failed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ pass: fc.constantFrom(0.3, 1, 7, 61, 200, 3601) }) },
  { weight: 1, arbitrary: fc.record({ set: fc.constantFrom(-86_400, -3601, 3601, 86_400) }) },
);

it("what batches add up to is what the events add up to, whatever happens to clocks and owners", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const { add, find, pass, set, take, wall } = folding();
      const totals = { flows: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
      const open = new Map<number, FlowEvent>();
      const batches: Folded[] = [];
      let count = 0;
      add(...[101, 102, 103].map((pid) => process(pid, { name: `server ${pid}` })));
      const next = (more: Partial<FlowEvent>): FlowEvent => {
        count++;
        const owner = { pid: 101 + (count % 3), startedAt: START };
        const remote = { address: `192.0.2.${count % 5}`, port: 40_000 };
        const times = { startedAt: wall(), at: wall() };
        return flow(`f${count}`, "192.0.2.1:443", "192.0.2.9:1", { process: owner, remote, ...times, ...more });
      };
      for (const one of steps) {
        if ("pass" in one) {
          pass(one.pass);
          batches.push(take());
        } else if ("set" in one) set(one.set);
        else if ("whole" in one) {
          const more = one.failed ? { failed: "ECONNREFUSED", begun: false } : { bytesIn: one.bytes, bytesOut: 1 };
          add(next(more));
          if (one.failed) totals.failed++;
          else {
            totals.flows++;
            totals.bytesIn += one.bytes;
            totals.bytesOut++;
          }
        } else if ("open" in one) {
          if (open.has(one.open)) continue;
          const source = one.found ? "holder" : one.waits ? "listener" : "accept";
          const protocol = one.udp && !one.found ? "udp" : "tcp";
          const event = next({ ended: false, evidence: { source }, protocol, bytesIn: 3, bytesOut: 5 });
          open.set(one.open, event);
          if (one.found) find(event);
          else add(event);
          if (!one.found) totals.flows++;
          totals.bytesIn += 3;
          totals.bytesOut += 5;
        } else {
          const event = open.get(one.grow);
          if (event === undefined) continue;
          const source = event.evidence.source === "listener" ? "accept" : event.evidence.source;
          add({
            ...event,
            at: wall(),
            begun: false,
            ended: one.ends,
            bytesIn: one.bytes,
            bytesOut: 2,
            evidence: { source },
          });
          if (one.ends) open.delete(one.grow);
          totals.bytesIn += one.bytes;
          totals.bytesOut += 2;
        }
      }
      batches.push(take(true));
      const sum = (field: "flows" | "failed" | "bytesIn" | "bytesOut") =>
        summed(batches).reduce((total, row) => total + (row[field] ?? 0), 0);
      expect({
        flows: sum("flows"),
        failed: sum("failed"),
        bytesIn: sum("bytesIn"),
        bytesOut: sum("bytesOut"),
      }).toEqual(totals);
      const rows = latest(batches);
      for (const { startedAt, endedAt } of rows) expect(endedAt ?? startedAt).toBeGreaterThanOrEqual(startedAt);
      // An exchange that was idle in between has several rows, of which `latest` keeps one.
      const tcp = rows.filter(({ usage }) => usage.protocol === "tcp");
      const usages = new Map(tcp.map(({ flow: id, usage }) => [id, usage]));
      for (const { flows } of batches) {
        for (const { flow: id, usage } of flows) if (usages.has(id)) expect(usage).toBe(usages.get(id));
      }
      expect(tcp.filter(({ endedAt }) => endedAt === undefined)).toHaveLength(
        [...open.values()].filter(({ protocol }) => protocol === "tcp").length,
      );
    }),
    { numRuns: 300 },
  );
});
