import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { alive, descendants, runs } from "./machine.ts";
import { Hopeless, until } from "./until.ts";

/** How a command ended. */
export type End = { status: number | undefined; signal: NodeJS.Signals | undefined };

/** A command that a test started, itself or under an observer. */
export class Started {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #end: Promise<End>;
  readonly #out: string;
  readonly #err: string;
  readonly #executable: string;
  #application: number | undefined;

  /** Starts `argv`, which runs the program at `executable` at once or below itself; its output goes to files at `log`. */
  constructor(argv: string[], executable: string, log: string, environment: NodeJS.ProcessEnv = {}) {
    this.#out = `${log}.out`;
    this.#err = `${log}.err`;
    this.#executable = executable;
    const out = openSync(this.#out, "w");
    const err = openSync(this.#err, "w");
    const [file = "", ...rest] = argv;
    this.#child = spawn(file, rest, { stdio: ["pipe", out, err], env: { ...process.env, ...environment } });
    closeSync(out);
    closeSync(err);
    if (this.#child.pid === undefined) throw new Error(`cannot start ${file}`);
    this.pid = this.#child.pid;
    this.#end = once(this.#child, "exit").then(([status, signal]) => ({
      status: typeof status === "number" ? status : undefined,
      signal: signal ?? undefined,
    }));
  }

  get input(): NodeJS.WritableStream {
    if (this.#child.stdin === null) throw new Error("no stdin");
    return this.#child.stdin;
  }

  get stdout(): string {
    return readFileSync(this.#out, "utf8");
  }

  get stdoutBytes(): Buffer {
    return readFileSync(this.#out);
  }

  get stderr(): string {
    return readFileSync(this.#err, "utf8");
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The program's own pid: the first process at or below the one started that executes it. */
  async application(): Promise<number> {
    this.#application ??= await until(`${this.#executable} to run below ${this.pid}`, () => {
      if (!this.running) throw new Hopeless(`it ended: ${this.stderr}`);
      return [this.pid, ...descendants(this.pid)].find((pid) => runs(pid, this.#executable));
    });
    return this.#application;
  }

  /** Signals the program itself, and waits for the end of what was started. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<End> {
    process.kill(await this.application(), signal);
    return this.ended();
  }

  /** Waits for the end of what was started. */
  async ended(limit = 30_000): Promise<End> {
    await until(`the end of ${this.#executable} (pid ${this.pid})`, () => !this.running || undefined, limit);
    return this.#end;
  }

  /** Ends whatever of it still runs, from the bottom up, by pid. */
  async kill(): Promise<void> {
    const all = this.running ? [...descendants(this.pid).reverse(), this.pid] : [];
    // The program outlives whoever ran it when that one was killed.
    const orphan = this.#application;
    if (orphan !== undefined && !all.includes(orphan) && runs(orphan, this.#executable)) all.push(orphan);
    for (const pid of all) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended in the meantime.
      }
    }
    for (const pid of all) if (pid !== this.pid) await until(`the end of pid ${pid}`, () => !alive(pid));
    await this.ended();
  }
}
