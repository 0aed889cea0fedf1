import { existsSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import type { ProbeAnswer } from "../../../src/probe/protocol.ts";
import { lack } from "../machine.ts";
import { type Ask, Island } from "./island.ts";

/** A server to ask: the programs that it takes, by name or by path, and how it is started. */
export type RealServer = { needs: string[]; start(island: Island): void | Promise<void> };

/**
 * Tests that ask one real server, which runs on an island while they do. On a machine that is no place for it they are
 * skipped with the reason.
 */
export function realServer(
  name: string,
  { needs, start }: RealServer,
  tests: (ask: (ask: Ask) => Promise<ProbeAnswer>) => void,
): void {
  describe(name, () => {
    const reason = lack("unshare", "nsenter", "ip", ...needs.filter((need) => !need.startsWith("/"))) ?? absent(needs);
    let island: Island | undefined;
    beforeAll(async () => {
      if (reason !== undefined) return;
      island = new Island();
      await start(island);
    });
    afterAll(() => island?.sink());
    beforeEach(({ skip }) => skip(reason !== undefined, reason));
    tests(async (ask) => {
      if (island === undefined) throw new Error("nothing was started");
      return (await island.ask(ask)).answer;
    });
  });
}

function absent(paths: string[]): string | undefined {
  const missing = paths.filter((path) => path.startsWith("/") && !existsSync(path));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}
