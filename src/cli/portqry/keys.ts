/** What ends a watch: ESC on the keyboard, Ctrl+C, or the end that another program asks for. */
export type Ending = { signal: AbortSignal; release(): void };

const ESCAPE = "\x1b";
const CONTROL_C = "\x03";

/** Listens for it. In raw mode Ctrl+C is a key like others, so that a log is closed before the program ends. */
export function untilEscape(): Ending {
  const { stdin } = process;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const key = (bytes: Buffer): void => {
    const text = bytes.toString("latin1");
    if (text === ESCAPE || text.includes(CONTROL_C)) end();
  };
  const terminal = stdin.isTTY;
  if (terminal) {
    stdin.setRawMode(true);
    stdin.on("data", key);
    stdin.resume();
  }
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, end);
  return {
    signal: controller.signal,
    release() {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(name, end);
      if (!terminal) return;
      stdin.off("data", key);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
