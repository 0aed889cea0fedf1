import type { LoggedTime } from "../../model/logged-packet.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The priority and the version in front of a line as syslog sends it (RFC 3164, RFC 5424), and the facility of dmesg -x. */
const FRONT = /^(?:<\d{1,3}>(?:1 )?|[a-z]{2,8} *:[a-z]{2,8} *: )?/;
const DAY_NAME = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const CLOCK = "(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?";

/** `2026-11-17T14:05:09.123456+01:00` and `2026-11-17 14:05:09` (ISO 8601), also as journalctl's short-full has it. */
const ISO = new RegExp(`^(?:${DAY_NAME} )?(\\d{4})-(\\d\\d)-(\\d\\d)[T ]${CLOCK} ?(Z|UTC|[+-]\\d\\d:?\\d\\d)?`);

/** `Nov  7 14:05:09` (RFC 3164, section 4.1.2), perhaps with a fraction or a year. */
const SYSLOG = new RegExp(`^([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (?:(\\d{4}) )?${CLOCK}`);

/** `[Tue Nov 17 14:05:09 2026]`, as dmesg -T writes it. */
const CTIME = new RegExp(`^\\[${DAY_NAME} ([A-Z][a-z]{2}) {1,2}(\\d{1,2}) ${CLOCK} (\\d{4})\\]`);

/** `[12345.678901]`: the kernel's own clock. */
const SINCE_BOOT = /^\[ *(\d{1,10})\.(\d{1,6})\]/;

/** The time in front of a line of a log, what follows it, and whether that begins with the name of a machine. */
export function readLogTime(text: string): { time?: LoggedTime; rest: string; machine: boolean } {
  const front = FRONT.exec(text)?.[0].length ?? 0;
  const line = text.slice(front);
  const iso = ISO.exec(line);
  if (iso) {
    const [all, year, month, day, hour, minute, second, fraction, zone] = iso;
    const time = calendar({ year, month: Number(month), day, hour, minute, second, fraction, zone });
    // The one that writes a comma is dmesg, which names no machine.
    return { ...time, rest: line.slice(all.length), machine: !all.includes(",") };
  }
  const syslog = SYSLOG.exec(line);
  if (syslog) {
    const [all, month, day, year, hour, minute, second, fraction] = syslog;
    const time = calendar({ year, month: monthOf(month), day, hour, minute, second, fraction });
    return { ...time, rest: line.slice(all.length), machine: true };
  }
  const ctime = CTIME.exec(line);
  if (ctime) {
    const [all, month, day, hour, minute, second, fraction, year] = ctime;
    const time = calendar({ year, month: monthOf(month), day, hour, minute, second, fraction });
    return { ...time, rest: line.slice(all.length), machine: false };
  }
  const [all = "", seconds, fraction = ""] = SINCE_BOOT.exec(line) ?? [];
  if (all === "") return { rest: line, machine: false };
  const { micros, precision } = fractionOf(fraction);
  const at = Number(seconds) * 1e6 + micros;
  return { time: { clock: "since boot", at, precision }, rest: line.slice(all.length), machine: false };
}

type Parts = {
  year: string | undefined;
  month: number;
  day: string | undefined;
  hour: string | undefined;
  minute: string | undefined;
  second: string | undefined;
  fraction: string | undefined;
  zone?: string | undefined;
};

function calendar(parts: Parts): { time?: LoggedTime } {
  const { year, month, fraction, zone } = parts;
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  // 60 is a leap second.
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return {};
  const { micros, precision } = fractionOf(fraction);
  return {
    time: {
      clock: "calendar",
      ...(year !== undefined && { year: Number(year) }),
      ...{ month, day, hour, minute, second, fraction: micros, precision },
      ...(zone !== undefined && { zone: zoneOf(zone) }),
    },
  };
}

function monthOf(name = ""): number {
  return MONTHS.indexOf(name.toLowerCase()) + 1;
}

/** Microseconds of a decimal fraction of a second, and how exactly it states them. */
function fractionOf(digits = ""): { micros: number; precision: number } {
  const shown = digits.slice(0, 6);
  return { micros: Number(shown.padEnd(6, "0")), precision: 10 ** (6 - shown.length) };
}

/** Minutes ahead of UTC. */
function zoneOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
