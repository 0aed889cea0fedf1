import type { ListenEvent, UnlistenEvent } from "../../model/event.ts";
import type { Collector } from "../../model/interfaces.ts";
import { isListener, type Socket } from "../../model/socket.ts";
import { type Micros, micros } from "../../model/time.ts";

/** How often is looked at least, in milliseconds; less often where a look takes more than a two-hundredth of that. */
const PERIOD = 10_000;
const SHARE = 200;

type Events = (ListenEvent | UnlistenEvent)[];

/**
 * Listeners of which no capture tells, because no process is known that holds them: the kernel's own, such as NFS, and
 * those of processes that this user may not look into.
 */
export type Unfollowed = {
  /**
   * Which came and which went since the last look. `known` answers which listeners are known otherwise, once what was
   * caught in the act of opening is among them.
   */
  look(known: () => Promise<readonly Socket[]>): Promise<Events>;
  /** Looks again and again, and tells what changed; the timer does not keep the program alive. */
  repeat(known: () => Promise<readonly Socket[]>, tell: (events: Events) => void): void;
  stop(): void;
};

/** Looks with the snapshots of `collector`. */
export function createUnfollowed(collector: Collector): Unfollowed {
  let before = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let took = 0;
  const look: Unfollowed["look"] = async (known) => {
    const began = performance.now();
    const { sockets } = await collector.snapshot({ brief: true, only: { listening: true } });
    took = performance.now() - began;
    const others = new Set((await known()).map(keyOf));
    const at = micros(Date.now());
    const found = sockets.filter((socket) => isUnfollowed(socket) && !others.has(keyOf(socket)));
    const now = new Map(found.map((socket) => [keyOf(socket), socket]));
    const came = [...now].flatMap(([key, socket]) => (before.has(key) ? [] : [listenOf(key, socket, at)]));
    const went = [...before].filter((key) => !now.has(key));
    before = new Set(now.keys());
    return [...came, ...went.map((socket): UnlistenEvent => ({ kind: "unlisten", at, socket }))];
  };
  const repeat: Unfollowed["repeat"] = (known, tell) => {
    timer = setTimeout(
      async () => {
        const events = await look(known);
        if (stopped) return;
        tell(events);
        repeat(known, tell);
      },
      Math.max(PERIOD, took * SHARE),
    );
    timer.unref();
  };
  return {
    look,
    repeat,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function isUnfollowed(socket: Socket): boolean {
  const { source } = socket.evidence;
  return isListener(socket) && (source === "kernel" || source === "unknown");
}

function keyOf({ protocol, networkNamespace, local }: Socket): string {
  return `unfollowed:${protocol}:${networkNamespace}:${local.address}:${local.port}`;
}

function listenOf(key: string, socket: Socket, at: Micros): ListenEvent {
  const { protocol, local, evidence, networkNamespace } = socket;
  return { kind: "listen", at, socket: key, protocol, local, evidence, networkNamespace };
}
