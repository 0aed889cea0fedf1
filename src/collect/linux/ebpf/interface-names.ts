import { readdirSync, readFileSync } from "node:fs";

/** Names of this network namespace's interfaces by their index, from /sys/class/net (sysfs-class-net); read once, late. */
export function interfaceNames(): (index: number) => string | undefined {
  let names: Map<number, string> | undefined;
  return (index) => {
    names ??= readAll();
    return names.get(index);
  };
}

function readAll(): Map<number, string> {
  const folder = "/sys/class/net";
  const names = new Map<number, string>();
  for (const name of readdirSync(folder)) {
    try {
      names.set(Number(readFileSync(`${folder}/${name}/ifindex`, "utf8")), name);
    } catch (error) {
      // An interface may go away between the two readings, and bonding_masters is no interface.
      if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
  return names;
}
