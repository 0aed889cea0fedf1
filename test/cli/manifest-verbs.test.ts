import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { portolan } from "./made-up-world.ts";

function files(texts: Record<string, string>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "portolan-manifest-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const paths: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name);
    writeFileSync(path, text);
    paths[name] = path;
  }
  return { ...paths, folder };
}

const MANIFEST = `schema: portolan.manifest/1
application: web
listens:
  - { protocol: tcp, port: 80, scope: network, feature: "Pages\\u001b[31m", required: true }
`;

describe("manifest import", () => {
  test("writes a manifest that check takes and diff compares", async () => {
    const { Dockerfile, folder } = files({ Dockerfile: "FROM scratch\nEXPOSE 80 443\n" });
    const output = join(folder ?? "", "web.yaml");
    const argv = ["manifest", "import", Dockerfile ?? "", "--application", "web", "--output", output];
    const imported = await portolan(argv);
    expect(imported).toMatchObject({ status: 0, stderr: "web: 2 lines\n" });
    expect(readFileSync(output, "utf8")).toContain(`# ${Dockerfile}:2\n`);
    expect(await portolan(["manifest", "check", output])).toMatchObject({
      status: 0,
      stdout: `${output}: valid, 2 lines of web\n`,
    });
    const again = await portolan(argv);
    expect(again.status).toBe(74);
    expect(again.stderr).toContain("It is there already");
  });

  test("asks which application is meant where there are several", async () => {
    const { "compose.yaml": compose } = files({
      "compose.yaml": "services:\n  a: { ports: ['1'] }\n  b: { ports: ['2'] }\n",
    });
    const several = await portolan(["manifest", "import", compose ?? ""]);
    expect(several.status).toBe(65);
    expect(several.stderr).toContain("They are a, b.");
    const one = await portolan(["manifest", "import", compose ?? "", "--application", "b"]);
    expect(one.stdout).toContain("port: 2,");
    expect(one.stdout).not.toContain("port: 1,");
  });
});

test("manifest show prints names harmlessly", async () => {
  const { "m.yaml": manifest } = files({ "m.yaml": MANIFEST });
  const { status, stdout } = await portolan(["manifest", "show", manifest ?? ""]);
  expect(status).toBe(0);
  expect(stdout).toContain("tcp 80, for the network [Pages\\x1b[31m], required");
});

test("manifest check names the place of a mistake", async () => {
  const { "m.yaml": manifest } = files({ "m.yaml": MANIFEST.replace("port: 80", "port: 80-79") });
  const { status, stderr } = await portolan(["manifest", "check", manifest ?? ""]);
  expect(status).toBe(65);
  expect(stderr).toMatch(/m\.yaml:4:\d+: the range 80-79 is upside down: write 79-80/);
});

describe("diff", () => {
  test("answers 0 for the same and 1 for what changed", async () => {
    const { a, b } = files({ a: MANIFEST, b: MANIFEST.replace("80", "81") });
    expect(await portolan(["diff", a ?? "", a ?? ""])).toMatchObject({
      status: 0,
      stdout: "Nothing changed for web.\n",
    });
    const changed = await portolan(["diff", a ?? "", b ?? ""]);
    expect(changed).toMatchObject({
      status: 1,
      stdout: "web: 2 changes.\n\n+ listens on tcp 81 (for the network)\n- listens on tcp 80 (for the network)\n",
    });
  });

  test("refuses what is neither manifest nor profile", async () => {
    const { a, b, c } = files({ a: MANIFEST, b: "{ nonsense", c: '{"schema":"portolan.snapshot/1"}' });
    expect(await portolan(["diff", a ?? "", b ?? ""])).toMatchObject({ status: 65 });
    expect(await portolan(["diff", a ?? "", c ?? ""])).toMatchObject({ status: 65 });
  });
});

test.each([
  [["manifest"], /needs to be told what to do/],
  [["manifest", "shw", "a"], /did you mean show\?/],
  [["manifest", "show"], /needs a file/],
  [["manifest", "show", "a", "b"], /takes one file/],
  [["manifest", "check", "a", "--json"], /--json belongs to "manifest show"/],
  [["diff", "a"], /needs two files/],
  [["diff", "a", "b", "c"], /does not take the word "c"/],
])("%j", async (argv, text) => {
  const { status, stderr } = await portolan(argv);
  expect(stderr).toMatch(text);
  expect(status).toBe(64);
});
