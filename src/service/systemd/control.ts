import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Problem } from "../../model/problem.ts";

/** What systemd says of a unit (systemctl(1), `show`). */
export type UnitState = {
  /** `loaded`, `not-found`, `bad-setting`, … */
  load: string;
  /** `active`, `inactive`, `activating`, `failed`, … */
  active: string;
  /** `enabled`, `disabled`, … */
  enabled: string;
  /** The main process; absent where none runs. */
  pid?: number;
  /** Since when it is active, in systemd's words. */
  since?: string;
  /** What the recorder said last of itself. */
  status?: string;
  /** How it ended where it failed: `exit-code`, `watchdog`, `oom-kill`, … */
  result?: string;
};

/** Whether systemd manages this machine (sd_booted(3)). */
export function systemdRuns(): boolean {
  return existsSync("/run/systemd/system");
}

/** Asks systemd's own tool, whose words are in `args`. @throws Problem `service-failed` with what it said. */
export function systemctl(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync("systemctl", args, { encoding: "utf8", timeout: 120_000 });
  if (status === 0) return stdout;
  const said = error?.message ?? stderr.trim().split("\n")[0] ?? "";
  throw new Problem("service-failed", `systemctl ${args.join(" ")} failed`, {
    why: said === "" ? `It ended with status ${status}.` : said,
    next: "journalctl -u portolan -n 50",
    ...(error && { cause: error }),
  });
}

/** What systemd knows of `unit`. @throws Problem as `systemctl`. */
export function unitState(unit: string): UnitState {
  const names = "LoadState,ActiveState,UnitFileState,MainPID,ActiveEnterTimestamp,StatusText,Result";
  return parseState(systemctl(["show", unit, `--property=${names}`]));
}

/** Reads the lines `Name=value` of `systemctl show`. */
export function parseState(text: string): UnitState {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1));
  }
  const said = (name: string): string | undefined => values.get(name) || undefined;
  const pid = Number(said("MainPID") ?? 0);
  const since = said("ActiveEnterTimestamp");
  const status = said("StatusText");
  const result = said("Result");
  return {
    load: said("LoadState") ?? "unknown",
    active: said("ActiveState") ?? "unknown",
    enabled: said("UnitFileState") ?? "disabled",
    ...(pid > 0 && { pid }),
    ...(since !== undefined && { since }),
    ...(status !== undefined && { status }),
    ...(result !== undefined && result !== "success" && { result }),
  };
}
