import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readLink } from "../../src/collect/linux/owners/proc-file.ts";
import { playHarbour } from "./harbour-scene.ts";
import type { World } from "./world.ts";

// Records a /proc tree, as far as the procfs collector reads it, into test/worlds/NAME/world.json. Takes root:
// `node test/worlds/record.ts harbour` plays the scene in namespaces of its own (network, processes, cgroups), so that
// nothing of the machine gets into the record. Paths of this checkout become /srv/portolan.

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const TABLES = ["tcp", "tcp6", "udp", "udp6", "sockstat", "sockstat6", "if_inet6"];

const [name = "", inside] = process.argv.slice(2);
if (!/^[a-z][a-z-]*$/.test(name)) throw new Error("usage: node test/worlds/record.ts NAME");
const world: World = { files: {}, links: {} };

if (inside === undefined) {
  const again = [process.execPath, fileURLToPath(import.meta.url), name, "inside"];
  const shell = 'ip link set lo up && exec "$0" "$@"';
  execFileSync("unshare", ["-n", "-p", "-C", "-f", "--mount-proc", "sh", "-c", shell, ...again], { stdio: "inherit" });
} else {
  const end = await playHarbour();
  for (const entry of readdirSync("/proc")) if (/^[1-9]/.test(entry)) recordProcess(entry);
  keep("/proc/stat", /^(cpu |btime )/);
  keepLink("/proc/self/ns/pid");
  keep("/etc/passwd", /^root:/);
  await end();
  const folder = new URL(`${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("world.json", folder), `${JSON.stringify(world, null, 2)}\n`);
}

function recordProcess(pid: string): void {
  const folder = `/proc/${pid}`;
  for (const file of ["stat", "cmdline", "cgroup"]) keep(`${folder}/${file}`);
  keep(`${folder}/status`, /^(Name|State|Uid):/);
  keep(`${folder}/maps`, / r-xp /);
  for (const link of ["exe", "ns/net"]) keepLink(`${folder}/${link}`);
  for (const descriptor of readdirSync(`${folder}/fd`)) {
    // The one by which this very folder is read is gone by now.
    if (readLink(`${folder}/fd/${descriptor}`)?.startsWith("socket:")) keepLink(`${folder}/fd/${descriptor}`);
  }
  if (pid === "1") for (const table of TABLES) keep(`${folder}/net/${table}`);
}

/** Keeps the lines of a file that match `lines`, byte by byte: names need not be UTF-8. */
function keep(path: string, lines?: RegExp): void {
  const text = readFileSync(path, "latin1").replaceAll(CHECKOUT, "/srv/portolan");
  world.files[path.slice(1)] =
    lines === undefined ? text : text.replace(/.*\n/g, (line) => (lines.test(line) ? line : ""));
}

function keepLink(path: string): void {
  world.links[path.slice(1)] = readlinkSync(path).replaceAll(CHECKOUT, "/srv/portolan");
}
