import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lack } from "./machine.ts";
import { launcher } from "./observer.ts";
import { shownIn, typedIn } from "./walk-through.ts";

const reason = lack("nginx", "curl", "sed");
const page = join(launcher, "../docs/assess-an-application.md");

/** What differs from run to run: pids, and how many columns they take. */
function settled(text: string): string {
  return text
    .replace(/\b(nginx|curl) \d+$/gm, "$1 PID")
    .replace(/ +/g, " ")
    .trim();
}

it("the page on assessing an application says what happens", ({ skip }) => {
  skip(reason !== undefined, reason);
  const folder = mkdtempSync(join(tmpdir(), "portolan-assess-"));
  try {
    mkdirSync(join(folder, "bin"));
    symlinkSync(launcher, join(folder, "bin/portolan"));
    for (const { file, text } of shownIn(page, "nginx.conf", "Dockerfile")) writeFileSync(join(folder, file), text);
    const commands = typedIn(page);
    expect(commands.length).toBeGreaterThanOrEqual(7);
    for (const { command, printed, status } of commands) {
      const done = spawnSync("/bin/sh", ["-c", command], {
        cwd: folder,
        encoding: "utf8",
        timeout: 60_000,
        env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` },
      });
      expect({ command, status: done.status }).toEqual({ command, status: status });
      expect(settled(done.stdout + done.stderr), command).toContain(settled(printed));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
