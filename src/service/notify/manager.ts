import { type NotifySocket, openNotifySocket } from "./socket.ts";

/** Whoever started this process and wants to know how it is: systemd, or nobody. */
export type ServiceManager = {
  /** It does its work from now on. `status` is one line for a person. */
  ready(status: string): void;
  /** A new line for a person. */
  status(text: string): void;
  /** It is about to end. */
  stopping(): void;
  /** Within so many milliseconds it wants a sign of life; absent where it wants none. */
  readonly watchdogMilliseconds?: number;
  /** A sign of life. */
  alive(): void;
  close(): void;
};

/**
 * The service manager that `environment` names (NOTIFY_SOCKET and WATCHDOG_USEC of sd_notify(3) and
 * sd_watchdog_enabled(3)); without one, nothing is sent. `pid` is our own: a watchdog for another process is not ours.
 */
export function serviceManager(
  environment: NodeJS.ProcessEnv,
  pid: number,
  open: (path: string) => NotifySocket | undefined = openNotifySocket,
): ServiceManager {
  const path = environment.NOTIFY_SOCKET;
  const socket = path ? open(path) : undefined;
  const watchdog = socket && watchdogMilliseconds(environment, pid);
  const send = (...lines: string[]): void => void socket?.send(lines.join("\n"));
  return {
    ready: (status) => send("READY=1", statusLine(status)),
    status: (text) => send(statusLine(text)),
    stopping: () => send("STOPPING=1"),
    ...(watchdog !== undefined && { watchdogMilliseconds: watchdog }),
    alive: () => send("WATCHDOG=1"),
    close: () => socket?.close(),
  };
}

/** A status is one line: a second would be read as another field. */
function statusLine(text: string): string {
  return `STATUS=${text.replaceAll("\n", " ")}`;
}

function watchdogMilliseconds(environment: NodeJS.ProcessEnv, pid: number): number | undefined {
  const { WATCHDOG_PID: who, WATCHDOG_USEC: interval } = environment;
  if (who !== undefined && who !== String(pid)) return undefined;
  const microseconds = Number(interval);
  return Number.isSafeInteger(microseconds) && microseconds > 0 ? microseconds / 1000 : undefined;
}
