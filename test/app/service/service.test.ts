import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { ServicePlace } from "../../../src/app/service/place.ts";
import { createService } from "../../../src/app/service/service.ts";
import { writersBesideRoot } from "../../../src/app/service/writers.ts";
import type { UnitState } from "../../../src/service/systemd/control.ts";
import type { Systemd } from "../../../src/service/systemd/manager.ts";

/** A machine whose systemd is made up: it notes what it is asked. */
function machine(state: Partial<UnitState> = {}, runs = true) {
  const folder = mkdtempSync(join(tmpdir(), "portolan-service-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const asked: string[] = [];
  const systemd: Systemd = {
    runs: () => runs,
    ask: (...words) => {
      asked.push(words.join(" "));
      return "";
    },
    state: () => ({ load: "loaded", active: "active", enabled: "enabled", ...state }),
  };
  const place: ServicePlace = {
    unit: "portolan.service",
    unitFile: join(folder, "systemd/portolan.service"),
    configurationFile: join(folder, "etc/portolan.toml"),
    stateFolder: "portolan",
    command: ["/usr/bin/node", "/usr/bin/env", "record"],
    documentation: "/opt/portolan/docs/record.md",
  };
  return { place, asked, service: createService(place, systemd), folder };
}

describe("install", () => {
  test("writes unit and settings, and has systemd start it at boot but not now", () => {
    const { service, place, asked } = machine();
    const installed = service.install();
    expect(readFileSync(place.unitFile, "utf8")).toBe(service.unit());
    expect(service.unit()).toContain("ExecStart=/usr/bin/node /usr/bin/env record\n");
    expect(asked).toEqual(["daemon-reload", "enable portolan.service"]);
    expect(installed.configurationKept).toBe(false);
    expect(existsSync(place.configurationFile)).toBe(true);
  });

  test("twice keeps settings that somebody wrote", () => {
    const { service, place } = machine();
    service.install();
    writeFileSync(place.configurationFile, "# mine\n");
    expect(service.install().configurationKept).toBe(true);
    expect(readFileSync(place.configurationFile, "utf8")).toBe("# mine\n");
  });

  test("leaves a unit alone that somebody else wrote", () => {
    const { service, place, asked } = machine();
    mkdirSync(join(place.unitFile, ".."), { recursive: true });
    writeFileSync(place.unitFile, "[Service]\nExecStart=/bin/false\n");
    expect(() => service.install()).toThrow(/is there, and Portolan did not write it/);
    expect(() => service.uninstall()).toThrow(/is there, and Portolan did not write it/);
    expect(readFileSync(place.unitFile, "utf8")).toContain("/bin/false");
    expect(asked).toEqual([]);
  });

  test("writes nothing without systemd", () => {
    const { service, place } = machine({}, false);
    expect(() => service.install()).toThrow(/there is no systemd here/);
    expect(existsSync(place.unitFile)).toBe(false);
    expect(existsSync(place.configurationFile)).toBe(false);
  });
});

describe("uninstall", () => {
  test("stops and removes it, and keeps the settings", () => {
    const { service, place, asked } = machine();
    service.install();
    asked.length = 0;
    expect(service.uninstall()).toEqual({ removed: true });
    expect(asked).toEqual(["disable --now portolan.service", "daemon-reload"]);
    expect(existsSync(place.unitFile)).toBe(false);
    expect(existsSync(place.configurationFile)).toBe(true);
  });

  test("of nothing removes nothing", () => {
    const { service, asked } = machine();
    expect(service.uninstall()).toEqual({ removed: false });
    expect(asked).toEqual([]);
  });
});

describe("start and stop", () => {
  test("ask systemd", () => {
    const { service, asked } = machine();
    service.install();
    service.start();
    service.stop();
    expect(asked.slice(-2)).toEqual(["start portolan.service", "stop portolan.service"]);
  });

  test("say where nothing is installed", () => {
    expect(() => machine().service.start()).toThrow(/not installed as a service/);
  });
});

describe("status", () => {
  test("of a running service", () => {
    const { service } = machine({ pid: 4711, since: "Tue 2026-11-24", status: "recording" });
    expect(service.status()).toMatchObject({
      schema: "portolan.service/1",
      manager: "systemd",
      installed: true,
      atBoot: true,
      active: "active",
      pid: 4711,
      status: "recording",
    });
  });

  test("where nothing is installed, and where there is no systemd", () => {
    const absent = machine({ load: "not-found", active: "inactive", enabled: "disabled" }).service.status();
    expect(absent).toMatchObject({ installed: false, active: "inactive" });
    expect(absent).not.toHaveProperty("atBoot");
    expect(machine({}, false).service.status()).toMatchObject({ manager: "none", active: "unknown" });
  });
});

describe("who else decides what root runs", () => {
  beforeEach(({ skip }) => {
    if (process.getuid?.() !== 0) skip("only root makes files that belong to root");
  });

  test("nobody, of a program of the system", () => {
    expect(writersBesideRoot("/usr/bin/env")).toBeUndefined();
  });

  test("whoever may write to a folder above it", () => {
    const { folder } = machine();
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/program"), "");
    expect(writersBesideRoot(join(folder, "bin/program"))).toBeUndefined();
    chmodSync(join(folder, "bin"), 0o777);
    expect(writersBesideRoot(join(folder, "bin/program"))).toBe(join(folder, "bin"));
  });
});
