import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname));

/** What the set-up may use besides node and npm: nothing else is on its PATH here. */
const TOOLS = ["chown", "cmp", "cp", "env", "flock", "id", "mkdir", "readlink", "setpriv", "touch", "uname"];

/** Puts the packages of this checkout in place, as links, and notes how it was called. */
const NPM = `#!/bin/sh
echo "$*" >>npm-calls
/bin/rm -rf node_modules && mkdir node_modules || exit 1
for each in "${root}"/node_modules/* "${root}"/node_modules/.bin; do /bin/ln -s "$each" node_modules/; done
cp package-lock.json node_modules/.package-lock.json
`;

export type Result = { status: number | null; signal: string | null; stdout: string; stderr: string };

export type Checkout = {
  /** The folder of the checkout; its name has a space. */
  folder: string;
  launcher: string;
  /** The only folder on the PATH. */
  tools: string;
  /** How often and how npm was called. */
  npmCalls(): string[];
  remove(): void;
};

/** A checkout in which nothing is set up, with a small program, a quick npm and the oldest Node that may set up. */
export function freshCheckout(): Checkout {
  const top = mkdtempSync(join(tmpdir(), "portolan-launcher-"));
  chmodSync(top, 0o755);
  const folder = join(top, "a checkout");
  const tools = join(top, "tools");
  mkdirSync(join(folder, "src/collect/linux/ebpf/object"), { recursive: true });
  for (const name of ["portolan", "package.json", "package-lock.json"]) cpSync(join(root, name), join(folder, name));
  for (const name of ["setup.sh", "build.ts", "build-entry.cjs"]) {
    cpSync(join(root, "scripts", name), join(folder, "scripts", name));
  }
  cpSync(join(import.meta.dirname, "program.ts"), join(folder, "src/portolan.ts"));
  writeFileSync(join(folder, "src/collect/linux/ebpf/worker.ts"), "export {};\n");
  mkdirSync(tools);
  for (const name of TOOLS) symlinkSync(`/usr/bin/${name}`, join(tools, name));
  script(join(tools, "node"), "#!/bin/sh\necho v20.19.0\n");
  script(join(tools, "npm"), NPM);
  return {
    folder,
    tools,
    launcher: join(folder, "portolan"),
    npmCalls: () => readFileSync(join(folder, "npm-calls"), "utf8").trimEnd().split("\n"),
    remove: () => rmSync(top, { recursive: true }),
  };
}

export function script(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** Starts a command with nothing but the checkout's tools on its PATH; `variables` are the rest of its environment. */
export function start(checkout: Checkout, command: string[], variables: Record<string, string> = {}, cwd = "/") {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { cwd, env: { PATH: checkout.tools, PWD: cwd, ...variables }, detached: true });
  const result: Result = { status: null, signal: null, stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => {
    result.stdout += bytes;
  });
  child.stderr.on("data", (bytes) => {
    result.stderr += bytes;
  });
  const ended = new Promise<Result>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve({ ...result, status, signal }));
  });
  return { child, result, ended };
}

/** Runs the launcher to its end, without input. */
export function launch(
  checkout: Checkout,
  args: string[],
  variables: Record<string, string> = {},
  cwd = "/",
): Promise<Result> {
  const { child, ended } = start(checkout, [checkout.launcher, ...args], variables, cwd);
  child.stdin.end();
  return ended;
}
