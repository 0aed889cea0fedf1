import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { describe, expect, it } from "vitest";
import { alive, lack, program } from "./machine.ts";
import { portolanWith } from "./observer.ts";
import { untilBound } from "./port.ts";
import { fetchBody, webServer } from "./programs/http.ts";
import { configure } from "./programs/nginx.ts";
import { Tally } from "./programs/tally.ts";
import { stages } from "./staged.ts";
import { until } from "./until.ts";

const reason = lack("python3", "nginx");
const stage = stages();

describe("--for", () => {
  it("ends a server with SIGTERM when the time is over, with status 0 and a report", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "2s"));
    const port = await here.port("web");
    const begun = performance.now();
    const started = here.observe([program("python3"), "-m", "http.server", String(port), "--bind", "127.0.0.1"]);
    await untilBound(started, port);
    const application = await started.application();
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(performance.now() - begun).toBeGreaterThan(2000);
    expect(alive(application)).toBe(false);
    expect(here.profile()).toMatchObject({ complete: true, gaps: [], listens: [{ port }] });
  });

  it("ends a program that does not listen to SIGTERM with SIGKILL", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "1s"));
    const deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: signal.pause()";
    const started = here.observe([program("python3"), "-c", deaf]);
    const application = await started.application();
    expect(await started.ended(60_000)).toMatchObject({ status: 0 });
    expect(alive(application)).toBe(false);
    expect(here.profile()).toMatchObject({ complete: true, gaps: [] });
  });

  it("follows a daemon that has left its starter, and names it", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "6s"));
    const ports = { four: await here.port("four"), six: await here.port("six"), behind: await here.port("behind") };
    await webServer(here, ports.behind, Buffer.from("behind"));
    const started = here.observe([program("nginx"), "-c", configure(here, ports, "on")]);
    const pid = await until("nginx's daemon", () => Number(readFileSync(here.path("pid"), "utf8")) || undefined);
    here.atEnd(async () => {
      if (!alive(pid)) return;
      process.kill(pid, "SIGTERM");
      await until("the end of nginx's daemon", () => !alive(pid));
    });
    await untilBound(started, ports.four);
    const [tally, counted, agent] = [new Tally(), new WeakSet(), new Agent()];
    for (let i = 0; i < 23; i++) await fetchBody(`http://127.0.0.1:${ports.four}/behind`, agent, tally, counted);
    expect(started.running).toBe(true);
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(started.stderr).toContain("nginx");
    const profile = here.profile();
    expect(profile).toMatchObject({ complete: true, gaps: [] });
    expect(profile.listens.find(({ port }) => port === ports.four)).toMatchObject({ flows: 23, ...tally.other });
    expect(profile.connects).toMatchObject([{ remote: { port: ports.behind }, flows: 23 }]);
    expect(profile.processes.map((one) => one.pid)).toContain(pid);
  });
});
