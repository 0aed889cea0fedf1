import { readFileSync } from "node:fs";

/** Addresses of the machine's DNS resolvers (resolv.conf(5)); none where the file is missing. */
export function nameServers(): string[] {
  let text: string;
  try {
    text = readFileSync("/etc/resolv.conf", "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return [...text.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => String(match[1]));
}
