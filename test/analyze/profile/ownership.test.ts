import { expect, it } from "vitest";
import { createProfile } from "../../../src/analyze/profile.ts";
import { facts, flow, listen, profileOf, START } from "../events.ts";

const open = listen("s", "0.0.0.0", 80);
const waiting = flow("f", "192.0.2.1:80", "192.0.2.7:5000", { ended: false, evidence: { source: "listener" } });
const accepted = flow("f", "192.0.2.1:80", "192.0.2.7:5000", { begun: false });

it("forgets the stopgap of a connection that was accepted later", () => {
  expect(profileOf([open, waiting, accepted]).listens[0]?.evidence).toEqual({ source: "accept" });
});

it("says so when nobody was seen accepting until the end", () => {
  const ended = flow("f", "192.0.2.1:80", "192.0.2.7:5000", { begun: false, evidence: { source: "listener" } });
  expect(profileOf([open, waiting, ended]).listens[0]?.evidence).toEqual({ source: "listener" });
});

it("lets a flow that nobody holds not hide who is known", () => {
  const { process: _, ...orphan } = flow("o", "192.0.2.1:80", "192.0.2.7:5001", { evidence: { source: "none" } });
  expect(profileOf([open, accepted, orphan]).listens[0]?.evidence).toEqual({ source: "accept" });
  expect(profileOf([orphan]).listens[0]).toMatchObject({ pids: [], evidence: { source: "none" } });
});

it("says when there were more processes than it lists", () => {
  const builder = createProfile({ pids: 3 });
  const by = (pid: number) => flow(`f${pid}`, "192.0.2.1:80", "192.0.2.7:5000", { process: { pid, startedAt: START } });
  builder.add([by(1), by(2), by(3), by(2)]);
  expect(builder.finish(facts()).listens[0]).not.toHaveProperty("pidsPartial");
  builder.add([by(4)]);
  expect(builder.finish(facts()).listens[0]).toMatchObject({ pids: [1, 2, 3], pidsPartial: true, flows: 5 });
});
