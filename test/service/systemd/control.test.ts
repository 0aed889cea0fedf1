import { expect, test } from "vitest";
import { parseState } from "../../../src/service/systemd/control.ts";

test("a running service", () => {
  const text = `LoadState=loaded
ActiveState=active
UnitFileState=enabled
MainPID=4711
ActiveEnterTimestamp=Tue 2026-11-24 09:00:01 UTC
StatusText=recording to /var/lib/portolan/portolan.db: 1=1
Result=success
`;
  expect(parseState(text)).toEqual({
    load: "loaded",
    active: "active",
    enabled: "enabled",
    pid: 4711,
    since: "Tue 2026-11-24 09:00:01 UTC",
    status: "recording to /var/lib/portolan/portolan.db: 1=1",
  });
});

test("a service that its watchdog ended", () => {
  const state = parseState("LoadState=loaded\nActiveState=failed\nUnitFileState=enabled\nMainPID=0\nResult=watchdog\n");
  expect(state).toEqual({ load: "loaded", active: "failed", enabled: "enabled", result: "watchdog" });
});

test("a service that is not there", () => {
  const state = parseState("LoadState=not-found\nActiveState=inactive\nUnitFileState=\nMainPID=0\n");
  expect(state).toEqual({ load: "not-found", active: "inactive", enabled: "disabled" });
});

test("nothing at all is unknown", () => {
  expect(parseState("")).toEqual({ load: "unknown", active: "unknown", enabled: "disabled" });
});
