import { dirname, join } from "node:path";
import { readText } from "./proc-file.ts";

/** User names by id from `text`, in the form of passwd(5). The first entry of an id wins, as in getpwuid(3). */
export function parseUsers(text: string): Map<number, string> {
  const users = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [name, , id] = line.split(":", 3);
    const uid = Number(id);
    if (name && id && Number.isSafeInteger(uid) && !users.has(uid)) users.set(uid, name);
  }
  return users;
}

/** Users of the machine whose /proc is `root`: its `etc/passwd` stands beside it. Empty when that cannot be read. */
export function readUsers(root: string): Map<number, string> {
  return parseUsers(readText(join(dirname(root), "etc/passwd")) ?? "");
}

/** Homes of the people in `text`, in the form of passwd(5): those of ids that are given to people (useradd(8)). */
export function parseHomes(text: string): string[] {
  const homes = new Set<string>();
  for (const line of text.split("\n")) {
    const [, , id, , , home] = line.split(":", 7);
    if (home?.startsWith("/") && home !== "/" && Number(id) >= FIRST_PERSON) homes.add(home);
  }
  return [...homes];
}

/** UID_MIN of login.defs(5) on every common distribution. */
const FIRST_PERSON = 1000;
