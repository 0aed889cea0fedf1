import { join } from "node:path";
import { program } from "../machine.ts";
import type { Scenario } from "../stage.ts";

/** The odd ways of using ports, in one script that knows what it moves. */
export const ways: Scenario = async (stage) => {
  const [chosen, closed] = [await stage.port("chosen"), await stage.port("closed")];
  const script = join(import.meta.dirname, "ways.py");
  const started = stage.observe([program("python3"), script, String(chosen), String(closed)]);
  const end = await started.ended();
  if (end.status !== 0) throw new Error(`the script ended with ${end.status}: ${started.stderr}`);
  const tcp = 101 + 103 + 107;
  return {
    "tcp in <ephemeral>": { bytesIn: tcp, bytesOut: tcp },
    "tcp out <ephemeral>": { bytesIn: tcp, bytesOut: tcp },
    "udp in <ephemeral>": { bytesIn: 3 * 109 + 127, bytesOut: 3 * 113 + 131 },
    "udp out <ephemeral>": { bytesIn: 3 * 113 + 131, bytesOut: 3 * 109 + 127 },
  };
};
