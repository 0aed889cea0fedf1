import { selectCapture } from "../../collect/select.ts";
import type { CollectorEvent } from "../../model/event.ts";
import type { Process } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import { ls } from "../ls.ts";

/** What a table is about: one port, one process, or everything. */
export type LocalTarget = { port: number } | { pid: number } | undefined;

/** A socket and one process that holds it; without one where nobody does, or nobody is known. */
export type Mapping = { socket: Socket; process?: Process };

/** The mappings of this machine now. `verbose` also learns modules and units. @throws Problem as `ls`. */
export async function mappings(target: LocalTarget, verbose: boolean): Promise<Mapping[]> {
  const filters = target === undefined ? [] : ["port" in target ? `:${target.port}` : `pid:${target.pid}`];
  const { snapshot } = await ls({ filters, verbose });
  const all = snapshot.sockets.flatMap(({ processes, ...socket }): Mapping[] =>
    processes.length === 0
      ? [{ socket: { ...socket, processes } }]
      : processes.map((process) => ({ socket: { ...socket, processes }, process })),
  );
  return target !== undefined && "pid" in target ? all.filter(({ process }) => process?.pid === target.pid) : all;
}

/** What happened so far may bring more at once: a moment is waited for it, in milliseconds. */
const TOGETHER = 50;

/**
 * Tells the mappings of `target` now, and again whenever their number or a state has changed. What PortQry saw only when it
 * looked is an event here; `milliseconds` is the longest wait between two looks. Resolves when `signal` ends it.
 * @throws Problem as `ls` and the collectors.
 */
export async function watchMappings(
  target: NonNullable<LocalTarget>,
  milliseconds: number,
  verbose: boolean,
  changed: (mappings: Mapping[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let wake = (): void => {};
  let due = true;
  const notice = (): void => {
    due = true;
    wake();
  };
  const { collector } = await selectCapture();
  const capture = await collector.capture({ kind: "machine" }, (events) => {
    if (events.some((event) => isAbout(event, target))) notice();
  });
  signal.addEventListener("abort", notice);
  try {
    let before: string | undefined;
    while (!signal.aborted) {
      due = false;
      const found = await mappings(target, verbose);
      const now = stateOf(found);
      if (now !== before) changed(found);
      before = now;
      await waitFor(
        milliseconds,
        () => due,
        (resolve) => {
          wake = resolve;
        },
      );
      if (!signal.aborted)
        await waitFor(
          TOGETHER,
          () => false,
          () => {},
        );
    }
  } finally {
    signal.removeEventListener("abort", notice);
    await capture.close();
  }
}

function isAbout(event: CollectorEvent, target: NonNullable<LocalTarget>): boolean {
  if ("pid" in target) return "process" in event && event.process?.pid === target.pid;
  if (event.kind === "unlisten") return true; // it says of no port: the look will
  if (event.kind !== "flow" && event.kind !== "listen") return false;
  const remote = event.kind === "flow" ? event.remote?.port : undefined;
  return event.local.port === target.port || remote === target.port;
}

/** What a change is a change of. */
function stateOf(found: readonly Mapping[]): string {
  return found
    .map(({ socket, process }) =>
      JSON.stringify([socket.protocol, socket.local, socket.remote, socket.state, process?.pid]),
    )
    .sort()
    .join("\n");
}

/** Resolves after `milliseconds`, at once when `already` is true, or when what `onWake` was given is called. */
function waitFor(milliseconds: number, already: () => boolean, onWake: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, already() ? 0 : milliseconds);
    onWake(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
