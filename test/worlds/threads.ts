import type { World } from "./world.ts";

/** Lets thread `tid` of process `pid` in `world` have what the process has in its folder, without the rest of it. */
function moveToThread(world: World, pid: number, tid: number, parts: readonly string[]): void {
  for (const content of [world.files, world.links]) {
    for (const [path, value] of Object.entries(content)) {
      const part = path.slice(`proc/${pid}/`.length);
      if (!path.startsWith(`proc/${pid}/`) || !parts.some((one) => part === one || part.startsWith(`${one}/`)))
        continue;
      content[`proc/${pid}/task/${tid}/${part}`] = value;
      delete content[path];
    }
  }
}

/** Process `pid` as /proc shows it when its first thread has ended and thread `tid` lives on. */
export function endFirstThread(world: World, pid: number, tid: number): void {
  const stat = world.files[`proc/${pid}/stat`] ?? "";
  moveToThread(world, pid, tid, ["fd", "ns", "net", "exe", "cmdline", "maps"]);
  world.files[`proc/${pid}/task/${tid}/stat`] = stat.replace(/^\d+ \(.*\)/s, `${tid} (thread)`);
  world.files[`proc/${pid}/task/${tid}/status`] = world.files[`proc/${pid}/status`] ?? "";
  // Its memory is gone, and so is the bottom of its stack (field 28).
  const after = stat.lastIndexOf(")") + 2;
  const fields = stat.slice(after).split(" ");
  world.files[`proc/${pid}/stat`] =
    stat.slice(0, after) +
    fields
      .with(0, "Z")
      .with(28 - 3, "0")
      .join(" ");
  world.files[`proc/${pid}/task/${pid}/stat`] = world.files[`proc/${pid}/stat`] ?? "";
}

/** Process `pid` where thread `tid` alone has its sockets, in a descriptor table of its own. */
export function giveOwnTable(world: World, pid: number, tid: number): void {
  moveToThread(world, pid, tid, ["fd"]);
  world.links[`proc/${pid}/fd/0`] = "/dev/null";
  world.links[`proc/${pid}/task/${pid}/fd/0`] = "/dev/null";
}
