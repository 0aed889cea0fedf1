import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PackageIndex } from "../../../../src/collect/linux/identity/package-index.ts";
import { readPackages } from "../../../../src/collect/linux/identity/packages.ts";

/** A machine with these lists of packages. */
function machine(lists: Record<string, string[]>): { root: string; write(name: string, paths: string[]): void } {
  const root = mkdtempSync(join(tmpdir(), "portolan-packages-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "var/lib/dpkg/info"), { recursive: true });
  const write = (name: string, paths: string[]) => {
    writeFileSync(join(root, "var/lib/dpkg/info", name), paths.map((path) => `${path}\n`).join(""));
  };
  for (const [name, paths] of Object.entries(lists)) write(name, paths);
  writeFileSync(join(root, "var/lib/dpkg/status"), "");
  return { root, write };
}

describe("the package of an executable", () => {
  test("is the one whose list has it, wherever /bin leads", async () => {
    const { root } = machine({
      "bash.list": ["/.", "/bin", "/bin/bash", "/usr/share/doc/bash"],
      "libc6:amd64.list": ["/.", "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"],
      "code.list": ["/usr/share/code/code"],
      "notes.txt": ["/usr/bin/notes"],
    });
    const packages = await readPackages(root);
    const owners = ["/bin/bash", "/usr/bin/bash", "/usr/bin/bash (deleted)", "/usr/share/code/code"].map(packages.of);
    expect(owners).toEqual(["bash", "bash", "bash", "code"]);
    expect(packages.of("/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2")).toBe("libc6");
    expect(["/usr/bin/bas", "/usr/bin/notes", "/usr/local/bin/bash", ""].map(packages.of)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("is absent without dpkg", async () => {
    expect((await readPackages("/proc/self/fdinfo")).of("/bin/bash")).toBeUndefined();
  });

  test("follows what dpkg installs", async () => {
    const { root, write } = machine({ "one.list": ["/usr/bin/one"] });
    const packages = await readPackages(root);
    expect(packages.of("/usr/bin/two")).toBeUndefined();
    write("two.list", ["/usr/bin/two"]);
    utimesSync(join(root, "var/lib/dpkg/status"), 1, 1);
    const later = performance.now() + 11_000;
    const clock = vi.spyOn(performance, "now").mockReturnValue(later);
    onTestFinished(() => clock.mockRestore());
    packages.of("/usr/bin/three");
    await vi.waitFor(() => expect(packages.of("/usr/bin/two")).toBe("two"));
  });

  test("is what dpkg itself says of programs of this machine", async ({ skip }) => {
    const lists = readdirSync("/").includes("var") ? readdirSync("/var/lib/dpkg/info") : [];
    skip(!lists.includes("coreutils.list"), "needs dpkg and coreutils");
    const packages = await readPackages("/");
    expect(packages.of("/usr/bin/ls")).toBe("coreutils");
    expect(packages.of("/bin/ls")).toBe("coreutils");
  });
});

test("the index leads from every path to its package", () => {
  const path = fc.stringMatching(/^\/[a-z]{1,3}(\/[a-z0-9._+-]{1,8}){0,3}$/);
  fc.assert(
    fc.property(fc.array(fc.array(path, { maxLength: 23 }), { maxLength: 13 }), (lists) => {
      const index = new PackageIndex();
      for (const [number, paths] of lists.entries())
        index.add(Buffer.from(paths.map((one) => `${one}\n`).join("")), number);
      index.seal();
      for (const [number, paths] of lists.entries()) {
        for (const one of paths) expect(index.candidates(one)).toContain(number);
      }
    }),
    { numRuns: 100 },
  );
});

test("the index takes any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const index = new PackageIndex();
      index.add(bytes, 7);
      index.seal();
      expect(index.candidates("/usr/bin/x").every((number) => number === 7)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
