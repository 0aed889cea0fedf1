import type { Socket } from "../../model/socket.ts";
import { placeOf } from "../../model/socket.ts";

/** What rows can be sorted by: as `ls` does, by a column of the table, or the newest first. */
export const SORTS = ["port", "state", "local", "remote", "pid", "application", "user", "newest"] as const;

export type Sort = (typeof SORTS)[number];

export type Order = { by: Sort; reversed: boolean };

/** What a row is sorted by: first the word, then the number, then its place in the order of `ls`, then its age. */
export type Keys = { word: string; number: number; place: number; age: number };

/** What is sorted: a socket, the word that stands for its state, and its place among those that came. */
export type Sortable = { socket: Socket; state: string; age: number };

export function keysOf({ socket, state, age }: Sortable, by: Sort): Keys {
  return { word: wordOf(socket, state, by), number: numberOf(socket, age, by), place: placeOf(socket), age };
}

function wordOf({ local, remote, application, processes }: Socket, state: string, by: Sort): string {
  const first = processes[0];
  if (by === "state") return state;
  if (by === "local") return local.address;
  if (by === "remote") return remote?.address ?? "";
  if (by === "application") return application ?? first?.name ?? "";
  if (by === "user") return first?.user ?? `${first?.uid ?? ""}`;
  return "";
}

function numberOf({ local, remote, processes, evidence }: Socket, age: number, by: Sort): number {
  if (by === "local") return local.port;
  if (by === "remote") return remote?.port ?? -1;
  if (by === "pid") return processes[0]?.pid ?? evidence.candidates?.[0] ?? -1;
  if (by === "newest") return -age;
  return 0;
}

/** Negative where `a` comes first. */
export function compareKeys(a: Keys, b: Keys): number {
  if (a.word !== b.word) return a.word < b.word ? -1 : 1;
  return a.number - b.number || a.place - b.place || a.age - b.age;
}
