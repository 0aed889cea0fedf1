import { expect, it } from "vitest";
import type { Lines } from "./compare.ts";
import { lack } from "./machine.ts";
import { portolan, strace } from "./observer.ts";
import { differences } from "./own-count.ts";
import { play, type Scenario, type Staged } from "./stage.ts";

/** What strace must find, so that the truth itself is held to something. */
export type Expected = Partial<Lines>;

/**
 * Plays `scenario` under strace and under Portolan, and holds the two together: the same listens, connects, peers and
 * failed binds, as many flows, the bytes that the program itself counted, and nothing missed.
 */
export function sameAsStrace(
  scenario: Scenario,
  options: { needs: string[]; expected: Expected; and?: (seen: Staged) => void },
): void {
  const reason = lack(...options.needs);

  it("is what strace says it is", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const truth = await play(scenario, strace);
    expect(truth.lines).toMatchObject({ listens: [], connects: [], failedBinds: [], ...options.expected });
    expect(differences(truth.own, truth.bytes)).toEqual([]);

    const seen = await play(scenario, portolan);
    expect(seen.lines).toEqual(truth.lines);
    expect(seen.counts).toEqual(truth.counts);
    expect(differences(seen.own, seen.bytes)).toEqual([]);
    // Whoever tries to bind needs the network, even where that fails.
    const usesNetwork = [truth.lines.listens, truth.lines.connects, truth.lines.failedBinds].some(
      (all) => all.length > 0,
    );
    expect(seen.profile).toMatchObject({ complete: true, gaps: [], usesNetwork, collector: "ebpf" });
    options.and?.(seen);
  });
}
