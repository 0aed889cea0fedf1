import { describe, test } from "vitest";
import type { Collector } from "../../src/model/interfaces.ts";
import { captureContract } from "./collector/capture.ts";
import { depthContract } from "./collector/depth.ts";
import { snapshotContract } from "./collector/snapshot.ts";

/** What a collector can know. What is false is not asked for, and must be told as a limit instead. */
export type Limits = {
  /** Counts payload. */
  bytes: boolean;
  /** Sees what lives shorter than any interval. */
  shortLived: boolean;
  failedBinds: boolean;
  portChosenBy: boolean;
  /** Sees the peers of a UDP socket that has no fixed one. */
  datagramPeers: boolean;
  /** Sees the names that programs resolve. */
  names: boolean;
};

export type Subject = {
  name: string;
  create: () => Collector | Promise<Collector>;
  limits: Limits;
  /** Why this machine cannot run it; the suite then counts as skipped, under this reason. */
  skip?: { reason: string };
};

/** Registers the tests that every collector passes: expectations come from the model, not from a way of collecting. */
export function collectorContract(subject: Subject): void {
  describe(`the ${subject.name} collector`, () => {
    if (subject.skip !== undefined) {
      const { reason } = subject.skip;
      test("runs here", ({ skip }) => skip(reason));
      return;
    }
    snapshotContract(subject);
    captureContract(subject);
    depthContract(subject);
  });
}

/** Whether network namespaces may be made here; without it the tests that need one are skipped by that name. */
export const isRoot = process.getuid?.() === 0;
