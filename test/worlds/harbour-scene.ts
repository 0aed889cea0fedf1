import { execFileSync } from "node:child_process";
import { type Actor, startActor } from "../contract/collector/actor.ts";

/** Names that a process gave itself: colours, a look-alike of the rest of the line, a newline, bytes that are no UTF-8. */
export const HOSTILE_NAMES = ["\x1b[31mred\x1b[0m", "a) S 1 1 (b", "two\nlines", "caf\xe9\xff\xfe"];

/**
 * Opens the sockets of the world `harbour` with a handful of programs, on the loopback of a network namespace that is
 * nobody else's, and returns what ends them. Takes root, for the link-local address.
 */
export async function playHarbour(): Promise<() => Promise<void>> {
  execFileSync("ip", ["-6", "address", "add", "fe80::17/64", "dev", "lo"]);
  const actors: Actor[] = [];
  for (const name of HOSTILE_NAMES) {
    const actor = await startActor();
    await actor.ask({ do: "rename", name });
    actors.push(actor);
  }
  const [red, lookAlike, lines, bytes] = actors;
  if (red === undefined || lookAlike === undefined || lines === undefined || bytes === undefined)
    throw new Error("none");
  await red.ask({ do: "listen", host: "127.0.0.1", port: 7001 });
  await red.ask({ do: "listen", host: "::", port: 7002 });
  await red.ask({ do: "bind-udp", host: "::1", port: 7003 });
  await lookAlike.ask({ do: "connect", host: "127.0.0.1", port: 7001 });
  await lookAlike.ask({ do: "close-connections" });
  await lookAlike.ask({ do: "connect", host: "127.0.0.1", port: 7002 });
  await lookAlike.ask({ do: "connect-udp", host: "::1", port: 7003 });
  await lines.ask({ do: "listen", host: "fe80::17%lo", port: 7004 });
  await lines.ask({ do: "connect", host: "fe80::17%lo", port: 7004 });
  await bytes.ask({ do: "share-listener", host: "127.0.0.2" });
  return async () => {
    for (const actor of actors) await actor.end();
  };
}
