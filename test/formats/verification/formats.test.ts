import { describe, expect, test } from "vitest";
import { githubText } from "../../../src/formats/verification/github.ts";
import { junitText } from "../../../src/formats/verification/junit.ts";
import { sarifText } from "../../../src/formats/verification/sarif.ts";
import { remarksOn } from "../../../src/formats/verification/words.ts";
import type { Verification } from "../../../src/model/verification.ts";

const VERIFICATION: Verification = {
  schema: "portolan.verify/1",
  host: "harbour",
  application: 'sync & "friends"',
  manifest: "ports/sync 1.yaml",
  exitStatus: 7,
  commandFailed: true,
  startedAt: "2026-11-24T09:00:00.000000Z",
  endedAt: "2026-11-24T09:00:02.500000Z",
  answer: "broken",
  lines: [
    { use: "listen", protocol: "tcp", ports: "8384", scope: "loopback", answer: "kept", line: 4, flows: 23 },
    { use: "listen", protocol: "udp", ports: "21027", scope: "network", answer: "not-seen", required: true, line: 5 },
    {
      use: "connect",
      protocol: "tcp",
      ports: "443",
      peers: ["any"],
      answer: "wider",
      unused: ["any (only a%)"],
      line: 7,
    },
    {
      use: "connect",
      protocol: "udp",
      ports: "53",
      peers: ["resolver"],
      answer: "unknown",
      line: 8,
      feature: "Look up",
    },
  ],
  broken: [
    {
      use: "connect",
      protocol: "tcp",
      port: 4444,
      remote: { address: "2001:db8::1", port: 4444 },
      name: "evil\u0001\n<b>.example",
      pids: [100],
      executables: ["/usr/bin/a"],
      firstSeen: "2026-11-24T09:00:01.000000Z",
    },
  ],
  gaps: [],
  coverage: {
    durationSeconds: 2.5,
    starts: 1,
    seenFromStart: true,
    processes: 1,
    events: 2,
    flows: 1,
    failed: 0,
    names: 0,
  },
};

test("errors come first, each remark at its line", () => {
  expect(remarksOn(VERIFICATION).map(({ rule, level, line }) => [rule, level, line])).toEqual([
    ["not-stated", "error", undefined],
    ["required-not-seen", "error", 5],
    ["command-failed", "error", undefined],
    ["wider", "note", 7],
    ["unknown", "warning", 8],
  ]);
});

test("annotations are one line each, whatever a name holds", () => {
  const lines = githubText(VERIFICATION).trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  const title = "::error file=ports/sync 1.yaml,title=not-stated::connects to tcp evil\u0001%0A<b>";
  expect(lines[0]?.startsWith(title)).toBe(true);
  expect(lines[3]).toBe(
    "::notice file=ports/sync 1.yaml,line=7,title=wider::connect tcp 443 to any is wider than needed: any (only a%25)",
  );
  expect(lines[4]).toMatch(/^::warning .*line=8/);
});

describe("a test report", () => {
  const text = junitText(VERIFICATION);

  test("counts what failed and what proves nothing", () => {
    expect(text).toContain('tests="6" failures="3" errors="0" skipped="1" timestamp="2026-11-24T09:00:00" time="2.5"');
  });

  test("is well-formed, whatever a name holds", () => {
    expect(text).toContain('classname="sync &amp; &quot;friends&quot;"');
    expect(text).toContain("evil\uFFFD&#10;&lt;b>.example");
    expect(text).not.toContain("\u0001");
  });
});

test("a log of SARIF names every rule and a place for every result", () => {
  const log = JSON.parse(sarifText(VERIFICATION, "1.2.3"));
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run.tool.driver.version).toBe("1.2.3");
  expect(run.results).toHaveLength(5);
  for (const { ruleId, ruleIndex, locations } of run.results) {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe("ports/sync%201.yaml");
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
  }
});
