import { type Change, isSocketChange, type SocketChange } from "../../model/change.ts";
import { processKey } from "../../model/process.ts";
import { inOrder } from "../ls.ts";

/** Hands changes on to whoever follows, and keeps them until somebody does. */
export class Delivery {
  readonly #waiting: Change[] = [];
  #receive: ((changes: readonly Change[]) => void) | undefined;

  tell(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    if (this.#receive) this.#receive(changes);
    else for (const change of changes) this.#waiting.push(change);
  }

  follow(receive: (changes: readonly Change[]) => void): void {
    this.#receive = receive;
    this.tell(this.#waiting.splice(0));
  }
}

/** What was found open, in the order in which `ls` shows it, each process before its first socket; then what happened. */
export function asShown(changes: readonly Change[]): Change[] {
  const open = new Map(changes.flatMap((change) => (isOpen(change) ? [[change.socket, change]] : [])));
  const others = changes.filter((change) => !isOpen(change));
  const users = new Map(others.flatMap((each) => (each.event === "process" ? [[processKey(each.process), each]] : [])));
  const found: Change[] = [];
  for (const socket of inOrder([...open.keys()])) {
    for (const process of socket.processes) {
      const user = users.get(processKey(process));
      if (user !== undefined) found.push(user);
      users.delete(processKey(process));
    }
    const change = open.get(socket);
    if (change !== undefined) found.push(change);
  }
  const told = new Set(found);
  return [...found, ...others.filter((change) => !told.has(change))];
}

function isOpen(change: Change): change is SocketChange {
  return isSocketChange(change) && change.event === "open";
}
