import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { counts, type Lines, lines, bytes as payload, type Roles } from "./compare.ts";
import type { Observer, Report } from "./observer.ts";
import type { OwnCount } from "./own-count.ts";
import { freePort } from "./port.ts";
import type { Profile } from "./profile.ts";
import { Started } from "./started.ts";

/** A place where one program is set up, exercised and ended, watched by one observer. */
export class Stage {
  readonly directory: string = mkdtempSync(join(tmpdir(), "portolan-live-"));
  readonly roles: Roles = [];
  readonly #observer: Observer;
  readonly #started: Started[] = [];
  readonly #endings: (() => void | Promise<void>)[] = [];
  #report: string | undefined;

  constructor(observer: Observer) {
    this.#observer = observer;
  }

  /** A free port for `role`; comparisons name it so. */
  async port(role: string): Promise<number> {
    const port = await freePort();
    this.roles.push({ name: role, from: port, to: port });
    return port;
  }

  /** A path inside this stage's folder. */
  path(name: string): string {
    return join(this.directory, name);
  }

  /** Starts the program under observation; `around` is a command line that runs everything, observer included. */
  observe(command: string[], options: { environment?: NodeJS.ProcessEnv; around?: string[] } = {}): Started {
    if (this.#report !== undefined) throw new Error("one stage observes one command");
    this.#report = this.path("report");
    const argv = [...(options.around ?? []), ...this.#observer.wrap(command, this.#report)];
    return this.#start(argv, command[0] ?? "", options.environment);
  }

  /** Starts a program beside the observed one. */
  beside(command: string[], environment?: NodeJS.ProcessEnv): Started {
    return this.#start(command, command[0] ?? "", environment);
  }

  /** Has `ending` run when the stage is struck, last one first. */
  atEnd(ending: () => void | Promise<void>): void {
    this.#endings.push(ending);
  }

  /** What the observer says. The observed command must have ended. */
  report(): Report {
    if (this.#report === undefined) throw new Error("nothing was observed");
    return this.#observer.report(this.#report);
  }

  /** Ends whatever still runs, by pid, and removes the folder. */
  async strike(): Promise<void> {
    for (const started of this.#started.toReversed()) await started.kill();
    for (const ending of this.#endings.toReversed()) await ending();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The document of `run`. The observed command must have ended. */
  profile(): Profile {
    const { profile } = this.report();
    if (profile === undefined) throw new Error("this observer writes no profile");
    return profile;
  }

  /** What everything started here wrote to stderr, for a failure's text. */
  complaints(): string {
    return this.#started.map((started) => started.stderr.slice(-2000)).join("\n");
  }

  #start(argv: string[], executable: string, environment?: NodeJS.ProcessEnv): Started {
    const log = this.path(`${basename(executable)}-${this.#started.length}`);
    const started = new Started(argv, executable, log, environment);
    this.#started.push(started);
    return started;
  }
}

/** Sets a program up, exercises and ends it, and returns what the program itself counted. */
export type Scenario = (stage: Stage) => Promise<OwnCount>;

/** One scenario as one observer saw it. */
export type Staged = Report & {
  lines: Lines;
  counts: ReturnType<typeof counts>;
  bytes: ReturnType<typeof payload>;
  own: OwnCount;
};

/** Plays `scenario` once under `observer`. Everything it started has ended when this returns or fails. */
export async function play(scenario: Scenario, observer: Observer): Promise<Staged> {
  const stage = new Stage(observer);
  try {
    const own = await scenario(stage);
    const report = stage.report();
    const { picture } = report;
    return {
      ...report,
      own,
      lines: lines(picture, stage.roles),
      counts: counts(picture, stage.roles),
      bytes: payload(picture, stage.roles),
    };
  } catch (error) {
    throw new Error(`under ${observer.name}: ${String(error)}\n${stage.complaints()}`, { cause: error });
  } finally {
    await stage.strike();
  }
}
