import type { Change, SocketChange } from "../../model/change.ts";

/** Adds up what sockets carry, so that one change an interval tells of it. */
export class Traffic {
  readonly #moved = new Map<string, SocketChange>();

  /** All of `changes` but those about traffic, which are kept. What has closed tells its bytes itself. */
  hold(changes: readonly Change[]): Change[] {
    return changes.filter((change) => {
      if (change.event === "traffic") this.#add(change);
      else if (change.event === "close") this.#moved.delete(change.id);
      return change.event !== "traffic";
    });
  }

  /** What was carried since the last call. */
  take(): SocketChange[] {
    const moved = [...this.#moved.values()];
    this.#moved.clear();
    return moved;
  }

  #add(change: SocketChange): void {
    const { bytesIn, bytesOut } = this.#moved.get(change.id) ?? {};
    this.#moved.set(change.id, {
      ...change,
      ...sum("bytesIn", bytesIn, change.bytesIn),
      ...sum("bytesOut", bytesOut, change.bytesOut),
    });
  }
}

function sum<Name extends string>(name: Name, before: number | undefined, more: number | undefined) {
  return before === undefined || more === undefined ? {} : ({ [name]: before + more } as { [K in Name]: number });
}
