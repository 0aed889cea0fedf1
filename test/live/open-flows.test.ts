import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createEbpfCollector } from "../../src/collect/linux/ebpf/collector.ts";
import { SWEEP } from "../../src/collect/linux/ebpf/records.gen.ts";

import { record } from "../contract/collector/recording.ts";
import { lack, program } from "./machine.ts";
import { stages } from "./staged.ts";
import { Hopeless, until } from "./until.ts";

const reason = lack("cc", "unshare", "ip");
const stage = stages();
/** Both ends of each are open flows: more than one slice of a sweep. */
const CONNECTIONS = 23_003;

it("a sweep tells every open flow once, however many there are", async ({ skip }) => {
  skip(reason !== undefined, reason);
  expect(2 * CONNECTIONS).toBeGreaterThan(SWEEP.SWEEP_SLICE);
  const here = stage();
  const many = here.path("many-sockets");
  const source = join(import.meta.dirname, "bad-days/many-sockets.c");
  execFileSync(program("cc"), ["-O2", "-Wall", "-Werror", "-o", many, source]);
  const recording = await record(await createEbpfCollector(), { kind: "machine" });
  try {
    const inside = [program("unshare"), "--net", program("sh"), "-ec", 'ip link set lo up; exec "$@"', "sh"];
    const started = here.beside([...inside, many, String(CONNECTIONS)]);
    const opened = () => {
      if (!started.running) throw new Hopeless(started.stderr);
      return Number(started.stdout) > 2 * CONNECTIONS;
    };
    await until("all connections", opened, 60_000);
    const server = (end?: { address: string; port: number }) =>
      end?.port === 20000 && end.address.startsWith("127.0.0.");
    const own = () => recording.of("flow").filter(({ local, remote }) => server(local) || server(remote));
    await recording.until(() => expect(new Set(own().map(({ flow }) => flow)).size).toBe(2 * CONNECTIONS));
    expect(own().filter(({ begun }) => begun)).toHaveLength(2 * CONNECTIONS);
    expect(own().filter(({ process }) => process === undefined)).toEqual([]);
    expect(recording.of("gap")).toEqual([]);
  } finally {
    await recording.capture.close();
  }
});
