import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { stages } from "../staged.ts";
import { until } from "../until.ts";
import { typedIn } from "../walk-through.ts";

const reason = lack("nginx", "curl", "unshare", "ip");
const stage = stages();
const page = join(launcher, "../docs/record.md");

const CONFIGURATION = `worker_processes 1;
pid nginx.pid;
error_log stderr;
events {}
http { access_log off; server { listen 127.0.0.1:8384; location / { return 200 "ok\\n"; } } }
`;

it("the page on the record says what happens", { timeout: 120_000 }, async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const recorder = here.beside([launcher, "record", "--store", here.path("record.db")]);
  await until("the recorder", () => recorder.stderr.includes("recording to"), 30_000);
  writeFileSync(here.path("nginx.conf"), CONFIGURATION);
  // In a network namespace of its own port 8384 is nobody else's.
  const inside = [program("unshare"), "--net", program("sh"), "-ec", 'ip link set lo up; exec "$@"', "sh"];
  const script = `nginx -p "$1" -c nginx.conf -g 'daemon off;' & server=$!
until curl -s -o /dev/null --retry 50 --retry-connrefused --retry-delay 0 http://127.0.0.1:8384/; do :; done
for i in $(seq 22); do curl -s -o /dev/null http://127.0.0.1:8384/; done
kill -QUIT $server; wait $server`;
  const load = here.beside([...inside, program("sh"), "-c", script, "sh", here.directory]);
  load.input.end();
  expect(await load.ended(60_000)).toMatchObject({ status: 0 });
  process.kill(recorder.pid, "SIGTERM");
  expect(await recorder.ended(60_000)).toMatchObject({ status: 0 });

  mkdirSync(here.path("bin"));
  symlinkSync(launcher, here.path("bin/portolan"));
  const commands = typedIn(page);
  expect(commands.length).toBe(6);
  for (const { command, printed, status } of commands) {
    const done = spawnSync("/bin/sh", ["-c", command], {
      cwd: here.directory,
      encoding: "utf8",
      env: { ...process.env, PATH: `${here.path("bin")}:${process.env.PATH}` },
    });
    expect({ command, status: done.status }).toEqual({ command, status });
    const said = done.stdout.replace(/ +/g, " ");
    for (const line of printed.split("\n")) expect(said, command).toContain(line.replace(/ +/g, " ").trim());
  }
});
