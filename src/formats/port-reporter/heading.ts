import { type CivilTime, ctimeText, readCtime } from "./civil-time.ts";
import { type LogKind, logFileName, readLogFileName } from "./log-file.ts";

/** The version that wrote the only sample there is, and whose form is written. */
const VERSION = "1.01";

const TITLES: Record<LogKind, string> = {
  PIDS: "Process detail log",
  PORTS: "Port usage log",
  INITIAL: "Service initialization log",
};

/** Columns of PR-PORTS, as its heading names them. */
export const COLUMNS = [
  "date",
  "time",
  "protocol",
  "local port",
  "local IP address",
  "remote port",
  "remote IP address",
  "PID",
  "module",
  "user context",
];

/** What the heading of a log says. */
export type Heading = {
  kind?: LogKind;
  version?: string;
  began?: CivilTime;
  /** The machine's name. */
  computer?: string;
  system?: string;
  /** The file that has the processes of this one. */
  partner?: string;
  columns?: string[];
};

/** The heading of PR-PORTS, which names its partner. Lines end as on Windows. */
export function portsHeading(began: CivilTime): string {
  return [
    `Port Reporter Version ${VERSION} Log File - ${TITLES.PORTS}`,
    "",
    `Check ${logFileName("PIDS", began)} for corresponding process data`,
    "",
    "Log format:",
    COLUMNS.join(","),
    "",
    "",
  ].join("\r\n");
}

/** The heading of PR-PIDS or PR-INITIAL. */
export function detailHeading(kind: "PIDS" | "INITIAL", began: CivilTime, computer: string, system: string): string {
  return [
    `Port Reporter Version ${VERSION} Log File`,
    "",
    TITLES[kind],
    "",
    `System Date: ${ctimeText(began)}`,
    "",
    "",
    "Local computer name:",
    "",
    ` ${computer}`,
    "",
    `Operating System: ${system}`,
    "",
    "",
  ].join("\r\n");
}

/** Collects what the lines of a heading say; `next` is what the line before announced. */
export class HeadingReader {
  readonly heading: Heading = {};
  #next: "computer" | undefined;

  /** Whether `text` belongs to the heading. */
  read(text: string): boolean {
    const line = text.trim();
    if (this.#next !== undefined && line !== "") {
      this.heading[this.#next] = line;
      this.#next = undefined;
      return true;
    }
    const [, version, title] = /^Port ?Reporter Version (\S+) Log File(?: - (.*))?$/i.exec(line) ?? [];
    if (version !== undefined) {
      this.heading.version = version;
      this.#title(title ?? "");
      return true;
    }
    return this.#title(line) || this.#field(line);
  }

  #title(line: string): boolean {
    for (const kind of ["PIDS", "PORTS", "INITIAL"] as const) {
      if (line.toLowerCase() !== TITLES[kind].toLowerCase()) continue;
      this.heading.kind = kind;
      return true;
    }
    return false;
  }

  #field(line: string): boolean {
    const [, name = "", value = ""] =
      /^(System Date|Local computer name|Operating System|Log format): ?(.*)$/i.exec(line) ?? [];
    switch (name.toLowerCase()) {
      case "system date": {
        const date = readCtime(value);
        if (date !== undefined) this.heading.began ??= date;
        return true;
      }
      case "local computer name":
        this.#next = "computer";
        return true;
      case "operating system":
        this.heading.system = value;
        return true;
      case "log format":
        return true;
    }
    if (/^Check .* for corresponding process data$/i.test(line)) {
      const partner = readLogFileName(line);
      if (partner !== undefined) Object.assign(this.heading, { partner: partner.name, began: partner.began });
      return true;
    }
    if (!/^date, ?time, ?protocol,/i.test(line)) return false;
    this.heading.columns = line.split(",").map((column) => column.trim().toLowerCase());
    return true;
  }
}
