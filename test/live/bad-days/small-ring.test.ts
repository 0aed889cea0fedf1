import { expect, it } from "vitest";
import { lack } from "../machine.ts";
import { compile } from "../programs/compile.ts";
import { stages } from "../staged.ts";
import { expectNoBug } from "./day.ts";

const reason = lack("cc");
const stage = stages();
// Over several sweeps: connections that one finds open are told, and the loss of their ends is another loss.
const MADE = 60_011;

it("a ring that is too small is a gap, and what was counted and what was lost is what was made", async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const port = await here.port("storm");
  const command = [compile(here, "storm"), String(port), String(MADE)];
  const started = here.observe(command, { environment: { PORTOLAN_RING_BYTES: "4096" } });
  expect(await started.ended()).toMatchObject({ status: 0 });
  expect(started.stdout).toBe(`${MADE}\n`);
  expectNoBug(started.stderr);
  const { complete, gaps, listens, connects } = here.profile();
  const lost = gaps.filter((gap) => gap.reason === "the ring buffer was full: connections were lost");
  const total = lost.reduce((sum, gap) => sum + (gap.lost ?? Number.NaN), 0);
  expect(complete).toBe(false);
  expect(total).toBeGreaterThan(0);
  // Each connection is one flow at either end.
  const counted = (listens[0]?.flows ?? 0) + (connects[0]?.flows ?? 0);
  expect(counted + total).toBe(2 * MADE);
  const words = started.stderr.replaceAll(/\s+/g, " ");
  expect(words).toMatch(/^Missed: the ring buffer was full: /);
  expect(words).toContain(`connections were lost (${total.toLocaleString("en")} events lost).`);
});
