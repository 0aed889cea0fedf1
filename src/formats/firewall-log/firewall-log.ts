import type { LoggedPacket } from "../../model/logged-packet.ts";
import { readNetfilter } from "./netfilter.ts";
import { WindowsFirewallLog } from "./windows.ts";

/** Longest line that is read, in characters: the kernel's are below 1024 and syslog's below 8192. */
export const LONGEST_LINE = 8192;

/** What a line is: a packet, part of a file's heading, or neither. */
export type FirewallLine = LoggedPacket | "heading" | undefined;

/** Reads lines of firewalls' logs, of whatever kind each is. */
export class FirewallLog {
  readonly #windows = new WindowsFirewallLog();

  read(text: string): FirewallLine {
    if (text.length > LONGEST_LINE) return undefined;
    return readNetfilter(text) ?? (MAY_BE_WINDOWS.test(text) ? this.#windows.read(text) : undefined);
  }
}

/** Most lines of a kernel's log are about something else. */
const MAY_BE_WINDOWS = /^(?:#|\d{4}-\d\d-\d\d )/;
