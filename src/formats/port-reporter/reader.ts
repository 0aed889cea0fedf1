import type { CivilTime } from "./civil-time.ts";
import { readCtime } from "./civil-time.ts";
import { COLUMNS, type Heading, HeadingReader } from "./heading.ts";
import { type PortUse, readPortUse } from "./port-use.ts";
import { type PortMapping, type ProcessDetail, readMapping } from "./process-detail.ts";

/** Longest line that is read, in characters. */
export const LONGEST_LINE = 8192;

/** Modules of one process that are kept. */
const MODULES = 1000;

/** What a line, or the lines up to it, told. */
export type PortReporterItem =
  | { kind: "use"; use: PortUse }
  | { kind: "mapping"; mapping: PortMapping }
  | { kind: "process"; process: ProcessDetail; at?: CivilTime }
  | { kind: "unreadable"; why: string };

/**
 * Reads any of Port Reporter's three logs line by line. The form of PR-PORTS is known from a sample; of the others only the
 * headings are, so that whatever looks like a row, a process or a list of modules is taken, and the rest is passed over.
 */
export class PortReporterReader {
  readonly #heading = new HeadingReader();
  #block: { process: ProcessDetail; at?: CivilTime } | undefined;
  #at: CivilTime | undefined;
  #listing = false;
  /** Whether a row of PR-PORTS was met. */
  #begun = false;

  get heading(): Heading {
    return this.#heading.heading;
  }

  read(text: string): PortReporterItem[] {
    const line = text.trim();
    if (line === "" || /^[;#]/.test(line)) {
      if (line === "") this.#listing = false;
      return [];
    }
    // Headings and remarks stand before the rows; behind them only another heading does.
    const begun = this.#begun || this.heading.columns !== undefined;
    if (/^\d{1,4}\//.test(line) || (begun && !this.#heading.read(line))) return this.#use(line);
    if (begun) return [];
    if (this.#listing) return this.#module(line);
    return this.#detail(line);
  }

  /** The process that the last lines told of. */
  end(): PortReporterItem[] {
    const block = this.#block;
    this.#block = undefined;
    return block === undefined ? [] : [{ kind: "process", ...block }];
  }

  #use(line: string): PortReporterItem[] {
    this.#begun = true;
    const use = readPortUse(line, this.heading.columns ?? COLUMNS);
    return ["why" in use ? { kind: "unreadable", why: use.why } : { kind: "use", use }];
  }

  #module(line: string): PortReporterItem[] {
    const modules = this.#block?.process.modules ?? [];
    // `C:\WINDOWS\system32\lsass.exe (0x01000000)`: where it was loaded is of no use.
    if (modules.length < MODULES) modules.push(line.replace(/ \(0x[0-9a-f]{1,16}\)$/i, ""));
    return [];
  }

  #detail(line: string): PortReporterItem[] {
    const mapping = readMapping(line);
    if (mapping !== undefined) return [{ kind: "mapping", mapping }];
    const [, pid, name] = /^Process ID: ?(\d{1,10})(?: ?\((.*)\))?$/i.exec(line) ?? [];
    if (pid !== undefined) {
      const before = this.end();
      const process = { pid: Number(pid), ...(name !== undefined && { name }), services: [], modules: [] };
      this.#block = { process, ...(this.#at !== undefined && { at: this.#at }) };
      return before;
    }
    if (/^Loaded modules:$/i.test(line)) this.#listing = this.#block !== undefined;
    else this.#word(line);
    return [];
  }

  #word(line: string): void {
    const [, name = "", value = ""] = /^(System Date|Service Name|User context): ?(.*)$/i.exec(line) ?? [];
    const process = this.#block?.process;
    if (name.toLowerCase() === "service name" && value !== "") process?.services.push(value);
    else if (name.toLowerCase() === "user context" && process) process.user = value.replace(/^<(.*)>$/, "$1");
    else {
      if (name !== "") this.#at = readCtime(value) ?? this.#at;
      this.#heading.read(line);
    }
  }
}
