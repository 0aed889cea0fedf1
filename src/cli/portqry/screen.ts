import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";
import { PortqryMistake } from "./mistake.ts";

/** Where PortQry's text goes: the screen, the log, or both. */
export type Screen = {
  /** Prints lines, each made safe: what a server said may stand in them. */
  print(...lines: string[]): void;
  /** Writes lines to the log alone. */
  note(...lines: string[]): void;
  /** Ends the log as PortQry ends it. */
  close(): void;
};

/** A screen with `stdout`, and the log that was opened; with `quiet` nothing reaches the screen. */
export function screenOn(stdout: Pick<Output, "write">, log: number | undefined, quiet: boolean): Screen {
  const text = (lines: string[]) => lines.map((line) => `${visible(line)}\n`).join("");
  const note = (...lines: string[]): void => {
    if (log !== undefined) writeSync(log, text(lines));
  };
  return {
    print(...lines) {
      if (!quiet) stdout.write(text(lines));
      note(...lines);
    },
    note,
    close() {
      note("", "", "========= end of log file =========");
      if (log !== undefined) closeSync(log);
    },
  };
}

/**
 * Opens the log at `path`. Where there is one, `mayReplace` is asked. Undefined where it may not be replaced.
 * @throws PortqryMistake where it cannot be written.
 */
export async function openLog(path: string, mayReplace: () => Promise<boolean>): Promise<number | undefined> {
  if (existsSync(path) && !(await mayReplace())) return undefined;
  try {
    return openSync(path, "w");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortqryMistake(`The log file ${path} cannot be written: ${why}`);
  }
}

/** The first lines of a log. `command` is the command line as it was typed. */
export function logHeading(command: readonly string[], computer: string, now: Date): string[] {
  return [
    "PortQry Version 2.0 Log File",
    "",
    `System Date: ${systemDate(now)}`,
    "",
    "Command run:",
    ` portqry ${command.join(" ")}`,
    "",
    "Local computer name:",
    "",
    ` ${computer}`,
    "",
  ];
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as ctime(3) writes it, with the day of the month in two digits: `Thu Sep 16 10:35:03 2021`. */
export function systemDate(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
  return `${DAYS[now.getDay()]} ${MONTHS[now.getMonth()]} ${two(now.getDate())} ${time} ${now.getFullYear()}`;
}
