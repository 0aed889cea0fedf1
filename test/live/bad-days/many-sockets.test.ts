import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { stages } from "../staged.ts";
import { Hopeless, until } from "../until.ts";
import { expectNoBug } from "./day.ts";

const reason = lack("cc", "unshare", "nsenter", "ss", "ip");
const stage = stages();
const CONNECTIONS = 55_001;

it("110,000 sockets are all there, each with its process", async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const many = here.path("many-sockets");
  execFileSync(program("cc"), ["-O2", "-Wall", "-Werror", "-o", many, join(import.meta.dirname, "many-sockets.c")]);
  const set = [program("unshare"), "--net", program("sh"), "-ec", 'ip link set lo up; exec "$@"', "sh"];
  const started = here.beside([...set, many, String(CONNECTIONS)]);
  const held = await until(
    "all sockets",
    () => {
      if (!started.running) throw new Hopeless(started.stderr);
      return Number(started.stdout) || undefined;
    },
    60_000,
  );
  expect(held).toBeGreaterThan(110_000);
  const inside = [program("nsenter"), `--net=/proc/${started.pid}/ns/net`];
  const [enter = "", ...rest] = inside;
  const ss = execFileSync(enter, [...rest, program("ss"), "-tanH"], { maxBuffer: 1 << 28, encoding: "utf8" });
  expect(ss.trimEnd().split("\n")).toHaveLength(held);

  const lines = here.beside([...inside, launcher, "ls", "--ndjson", "tcp"]);
  expect(await lines.ended(60_000)).toMatchObject({ status: 0 });
  expectNoBug(lines.stderr);
  const namespace = Number(
    /\d+/.exec(execFileSync("readlink", [`/proc/${started.pid}/ns/net`], { encoding: "utf8" }))?.[0],
  );
  const sockets: { networkNamespace: number; state: string; processes: unknown[] }[] = lines.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const own = sockets.filter((socket) => socket.networkNamespace === namespace);
  expect(own).toHaveLength(held);
  expect(own.filter(({ processes }) => processes.length === 0)).toEqual([]);
  expect(own.filter(({ state }) => state === "ESTABLISHED")).toHaveLength(2 * CONNECTIONS);

  const text = here.beside([...inside, launcher, "ls", "tcp", ":20000"]);
  expect(await text.ended(60_000)).toMatchObject({ status: 0 });
  expect(text.stdout.match(/^tcp /gm)?.length).toBeGreaterThanOrEqual(held);
});
