import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { objection } from "./architecture/judge.ts";
import { ambientOf, filesBelow, importsOf, readSource } from "./architecture/source.ts";
import { EMPTY_NAMES, FOREIGN, LAYERS, LONGEST, OWNERS, PURE } from "./architecture/tables.ts";

const FOLDERS = ["src", "scripts", "bench", "test"].filter((folder) => existsSync(folder));
const sources = [...FOLDERS.flatMap((folder) => filesBelow(folder, [".ts"])), readSource("vitest.config.ts")];
const generated = (path: string) => path.endsWith(".gen.ts");

describe("the judge refuses", () => {
  test.each([
    ["src/model/time.ts", "../ffi/errno.ts"],
    ["src/model/time.ts", "node:fs"],
    ["src/analyze/profile.ts", "node:path"],
    ["src/analyze/profile.ts", "../formats/manifest/read.ts"],
    ["src/collect/linux/procfs/read.ts", "../../windows/process.ts"],
    ["src/collect/owners.ts", "./linux/procfs/read.ts"],
    ["src/cli/main.ts", "../collect/select.ts"],
    ["src/app/ls.ts", "../ffi/errno.ts"],
    ["src/app/ls.ts", "../../test/until.ts"],
    ["src/probe/scan.ts", "../ffi/errno.ts"],
    ["src/service/systemd/unit.ts", "../../ffi/errno.ts"],
    ["src/service/notify/socket.ts", "../../app/ls.ts"],
    ["src/collect/linux/ebpf/ring.ts", "koffi"],
    ["src/app/run.ts", "yaml"],
    ["src/app/run.ts", "left-pad"],
    ["src/app/run.ts", undefined],
    ["src/strange/run.ts", "../model/time.ts"],
    ["scripts/build.ts", "vitest"],
  ])("%s importing %s", (path, specifier) => {
    expect(objection(path, specifier)).toBeDefined();
  });
});

describe("the judge allows", () => {
  test.each([
    ["src/app/ls.ts", "../collect/select.ts"],
    ["src/collect/select.ts", "./linux/procfs/read.ts"],
    ["src/collect/linux/ebpf/ring.ts", "../procfs/read.ts"],
    ["src/ffi/library.ts", "koffi"],
    ["src/service/notify/socket.ts", "../../ffi/libc.ts"],
    ["src/portolan.ts", "./cli/main.ts"],
    ["test/live/nginx.test.ts", "../../src/model/time.ts"],
  ])("%s importing %s", (path, specifier) => {
    expect(objection(path, specifier)).toBeUndefined();
  });
});

test("the reader finds every kind of import", () => {
  const text = `import a from "a"; import type { B } from "b"; export * from "c"; export { d } from "d";
const e = await import("e"); type F = import("f").F; const g = await import(\`g\`); await import(e);`;
  const names = importsOf({ path: "src/app/x.ts", text, lines: 2 }).map((each) => each.specifier);
  expect(names.sort()).toEqual(["a", "b", "c", "d", "e", "f", "g", undefined]);
});

test("imports point down, platforms do not meet, and each package has its owner", () => {
  const objections = sources.flatMap((source) =>
    importsOf(source).flatMap(({ specifier, line }) => {
      const why = objection(source.path, specifier);
      return why === undefined ? [] : [`${source.path}:${line} ${why}`];
    }),
  );
  expect(objections).toEqual([]);
});

test("every folder of src is a layer", () => {
  const parts = new Set(sources.filter(({ path }) => path.startsWith("src/")).map(({ path }) => path.split("/")[1]));
  const known = new Set([...Object.keys(LAYERS), "portolan.ts"]);
  expect([...parts].filter((part) => !known.has(part ?? ""))).toEqual([]);
});

test("the table of owners holds exactly the packages of package.json", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readSource("package.json").text);
  const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(Object.keys(OWNERS).sort()).toEqual(packages.sort());
});

test("pure layers use no clock, no chance and no output", () => {
  const pure = sources.filter(({ path }) => PURE.some((layer) => path.startsWith(`src/${layer}/`)));
  expect(pure.flatMap((source) => ambientOf(source).map((use) => `${source.path} uses ${use}`))).toEqual([]);
  const clock = { path: "x.ts", text: "Date.now(); new Date(); console.log(1); setTimeout(f, 1);", lines: 1 };
  expect(ambientOf(clock)).toHaveLength(4);
});

test("files are short", () => {
  const written = sources.filter(({ path }) => !generated(path));
  const sizes = written
    .filter(({ path }) => path.startsWith("src/"))
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  console.info(`src: ${sizes.length} files, median ${sizes[sizes.length >> 1]} lines, longest ${sizes.at(-1)}`);
  expect(written.filter(({ lines }) => lines > LONGEST).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
});

test("names say what is inside", () => {
  const empty = (path: string) => path.split(/[/.]/).some((part) => EMPTY_NAMES.includes(part));
  expect(sources.map(({ path }) => path).filter(empty)).toEqual([]);
  // The launcher takes what has a dot in its name for a file, when it looks for what changed.
  const folders = sources.flatMap(({ path }) => path.split("/").slice(0, -1));
  expect(folders.filter((folder) => folder.includes("."))).toEqual([]);
});

test("nothing speaks of what a reader of the repository cannot know, or of work left undone", () => {
  const documents = [...filesBelow("docs", [".md", ".json"]), ...filesBelow(".", [".md", ".json", ".yml"], false)];
  const programs = filesBelow("src", [".c", ".h"]);
  // The table itself names what it looks for.
  const read = [...sources, ...documents, ...programs].filter(({ path }) => path !== "test/architecture/tables.ts");
  const found = read.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (FOREIGN.some((word) => word.test(line)) ? [`${path}:${index + 1} ${line}`] : [])),
  );
  expect(found).toEqual([]);
});
