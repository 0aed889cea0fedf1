import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { createContainers } from "../../../../src/collect/linux/containers/containers.ts";
import { parseDocker, parseStorage } from "../../../../src/collect/linux/containers/engines.ts";

const ID = "3f".repeat(32);
const OTHER = "a0".repeat(32);

function machine(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "portolan-containers-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { root, write, containers: createContainers(join(root, "proc")) };
}

const podman = (id: string, name: string, image: string) =>
  JSON.stringify([{ id, names: [name], metadata: JSON.stringify({ "image-name": image, name }) }]);

describe("a container's name and image", () => {
  test("are what Docker's file says", () => {
    const text = JSON.stringify({ ID, Name: "/web", Config: { Image: "nginx:1.27" } });
    const { containers } = machine({ [`var/lib/docker/containers/${ID}/config.v2.json`]: text });
    expect(containers.of(ID)).toEqual({ name: "web", image: "nginx:1.27" });
    expect(containers.of(OTHER)).toBeUndefined();
  });

  test("are what Podman's list says, also when it changes", () => {
    const list = "var/lib/containers/storage/overlay-containers/containers.json";
    const { containers, write } = machine({ [list]: podman(ID, "db", "docker.io/library/redis:7") });
    expect(containers.of(ID)).toEqual({ name: "db", image: "docker.io/library/redis:7" });
    write(list, podman(OTHER, "web", "localhost/web:latest"));
    expect(containers.of(OTHER)).toEqual({ name: "web", image: "localhost/web:latest" });
  });

  test("are what a person's own list says", () => {
    const { containers } = machine({
      "etc/passwd": "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n",
      "home/ann/.local/share/containers/storage/vfs-containers/containers.json": podman(ID, "game", "localhost/game"),
    });
    expect(containers.of(ID)).toEqual({ name: "game", image: "localhost/game" });
  });

  test("are not looked for behind links and pipes", () => {
    const list = "var/lib/containers/storage/overlay-containers/containers.json";
    const { root, containers, write } = machine({});
    write("elsewhere", podman(ID, "db", "x"));
    mkdirSync(dirname(join(root, list)), { recursive: true });
    symlinkSync(join(root, "elsewhere"), join(root, list));
    mkdirSync(join(root, "var/lib/containers/storage/vfs-containers"));
    execFileSync("mkfifo", [join(root, "var/lib/containers/storage/vfs-containers/containers.json")]);
    expect(containers.of(ID)).toBeUndefined();
  });
});

test("whatever stands in the files, a name is a text", () => {
  const entry = fc.record(
    { id: fc.jsonValue(), names: fc.jsonValue(), metadata: fc.oneof(fc.jsonValue(), fc.json()) },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(entry).map((list) => JSON.stringify(list)),
  );
  fc.assert(
    fc.property(text, (content) => {
      for (const { name = "", image = "" } of [...parseStorage(content).values(), parseDocker(content) ?? {}]) {
        expect([typeof name, typeof image]).toEqual(["string", "string"]);
      }
    }),
    { numRuns: 500 },
  );
});
