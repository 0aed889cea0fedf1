import type { Output } from "./output.ts";

/** What a terminal tells whoever has taken it. */
export type TerminalListener = {
  /** What its keys send. */
  typed(text: string): void;
  /** It has another size, or shows something else by now: all must be drawn anew. */
  changed(): void;
  /** Nobody is there any more. */
  gone(): void;
};

/** The terminal that a person sits at. */
export type Terminal = {
  readonly size: { columns: number; rows: number };
  /** Takes the whole screen and the keyboard. What the screen showed comes back with `close`, however that comes about. */
  open(listener: TerminalListener): void;
  /** Puts these lines on the screen, writing only what differs from what is there. */
  show(lines: readonly string[]): void;
  /** Stops this program as Ctrl+Z does, with the screen as it was before; returns when it goes on. */
  suspend(): void;
  close(): void;
};

/** Takes the other screen, without a cursor, and without wrapping lines (DECSET of xterm's ctlseqs: 1049, 25, 7). */
const TAKE = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J";
const GIVE = "\x1b[m\x1b[?7h\x1b[?25h\x1b[?1049l";
/** All or nothing is shown of what stands between these; terminals that do not know them ignore them (DECSET 2026). */
const [TOGETHER, SHOWN] = ["\x1b[?2026h", "\x1b[?2026l"];

/** The terminal of this process's standard output, with the keyboard of its standard input where that is one. */
export function processTerminal(output: Output): Terminal {
  return new ProcessTerminal(output);
}

class ProcessTerminal implements Terminal {
  readonly #output: Output;
  #listener: TerminalListener | undefined;
  #taken = false;
  #shown: readonly string[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  get size() {
    const { columns, rows } = process.stdout;
    return { columns: columns || 80, rows: rows || 24 };
  }

  open(listener: TerminalListener): void {
    this.#listener = listener;
    process.stdout.on("resize", this.#changed);
    process.on("SIGTSTP", this.#stopped).on("SIGCONT", this.#continued);
    // A bug must not take the screen with it, nor be written on the one that is given back.
    process.on("uncaughtExceptionMonitor", this.#give).on("exit", this.#give);
    if (process.stdin.isTTY) {
      process.stdin.setEncoding("utf8").on("data", this.#typed).on("end", this.#gone).on("error", this.#gone);
    }
    this.#take();
  }

  show(lines: readonly string[]): void {
    if (!this.#taken) return;
    let text = "";
    lines.forEach((line, index) => {
      if (line !== this.#shown[index]) text += `\x1b[${index + 1};1H\x1b[K${line}`;
    });
    this.#shown = lines;
    if (text !== "") this.#write(`${TOGETHER}${text}${SHOWN}`);
  }

  suspend(): void {
    this.#stop(0);
  }

  close(): void {
    this.#give();
    process.stdout.off("resize", this.#changed);
    process.off("SIGTSTP", this.#stopped).off("SIGCONT", this.#continued);
    process.off("uncaughtExceptionMonitor", this.#give).off("exit", this.#give);
    process.stdin.off("data", this.#typed).off("end", this.#gone).off("error", this.#gone);
    this.#listener = undefined;
  }

  readonly #typed = (text: string): void => this.#listener?.typed(text);
  readonly #gone = (): void => this.#listener?.gone();
  readonly #stopped = (): void => this.#stop(process.pid);

  readonly #changed = (): void => {
    this.#shown = [];
    this.#listener?.changed();
  };

  /** Whoever stopped us may have changed the terminal: the keyboard is taken anew. */
  readonly #continued = (): void => {
    this.#give();
    this.#take();
    this.#changed();
  };

  #take(): void {
    this.#taken = true;
    this.#shown = [];
    this.#keyboard(true);
    this.#write(TAKE);
  }

  readonly #give = (): void => {
    if (!this.#taken) return;
    this.#taken = false;
    this.#write(GIVE);
    this.#keyboard(false);
  };

  #keyboard(raw: boolean): void {
    if (!process.stdin.isTTY) return;
    process.stdin.setRawMode(raw);
    if (raw) process.stdin.resume();
    else process.stdin.pause();
  }

  /** `target`: this process, or 0 for all that the terminal would stop (kill(2)). */
  #stop(target: number): void {
    this.#give();
    process.off("SIGTSTP", this.#stopped);
    process.kill(target, "SIGTSTP");
    // Here it goes on, at once where nobody could wake it up (a group without a shell is not stopped).
    process.on("SIGTSTP", this.#stopped);
    this.#take();
    this.#changed();
  }

  /** A terminal that hung up cannot be written. */
  #write(text: string): void {
    try {
      this.#output.write(text);
    } catch {
      this.#listener?.gone();
    }
  }
}
