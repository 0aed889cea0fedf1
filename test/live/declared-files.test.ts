import { existsSync, globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importDeclarations } from "../../src/app/manifest.ts";
import { parseManifest } from "../../src/formats/manifest/parse.ts";
import { Problem } from "../../src/model/problem.ts";

/** Files that Debian's packages install, of each kind, and how many there are at least. */
const KINDS: [string, string, number][] = [
  ["services of firewalld", "/usr/lib/firewalld/services/*.xml", 200],
  ["profiles of ufw", "/etc/ufw/applications.d/*", 7],
  ["socket units of systemd", "/usr/lib/systemd/system/*.socket", 5],
];

describe("files that Debian's packages install", () => {
  it.each(KINDS)("%s are read, each to a valid manifest or a reason", (_, pattern, least) => {
    const files = globSync(pattern);
    expect(files.length).toBeGreaterThanOrEqual(least);
    let read = 0;
    for (const file of files) {
      try {
        const { text, lines } = importDeclarations([file], undefined);
        const { listens } = parseManifest(text, file);
        expect(listens.length).toBeGreaterThan(0);
        expect(listens.length).toBeLessThanOrEqual(lines);
        read++;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.message).toMatch(/no port is stated there$/);
      }
    }
    // Most socket units are about paths; those of the others that state no port include others, or are about protocols.
    expect(read).toBeGreaterThan(pattern.endsWith(".socket") ? 0 : files.length * 0.9);
  });

  it("and the services file, service by service", () => {
    expect(existsSync("/etc/services")).toBe(true);
    const { text } = importDeclarations(["/etc/services"], "domain");
    expect(parseManifest(text, "services").listens.map(({ protocol }) => protocol)).toEqual(["tcp", "udp"]);
  });
});
