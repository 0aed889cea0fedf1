import type { Protocol } from "../../model/endpoint.ts";
import type { HourlyRecord, Usage, Use } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";

/** Behaviour in use, and what it has added since the last batch. */
export type UsageState = {
  readonly usage: Usage;
  /** Its connections and listeners that are open now. */
  open: number;
  /** When it was last said to be in use while something of it is open: the hour, and the steady clock. */
  hour: number;
  touched: Micros;
  /** What it added since the last batch: in the hour met last, and in the one before that. */
  row: HourlyRecord | undefined;
  other: HourlyRecord | undefined;
};

type Peers = Map<string | undefined, UsageState>;
type Ports = Map<number, Peers>;

const USES: Record<Use, number> = { listen: 0, inbound: 1, outbound: 2, "bind-failed": 3 };

/**
 * Usages by what makes them: each is one object for as long as it is remembered, at least the `limit` that were asked for
 * last and at most twice as many. One that was forgotten comes back as another object that means the same.
 */
export class UsageIndex {
  readonly #limit: number;
  #recent = new Map<string, Ports>();
  #older = new Map<string, Ports>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  of(application: string, use: Use, protocol: Protocol, port: number, peer: string | undefined): UsageState {
    // One whole number instead of a text: this runs for every connection.
    const key = (port * 4 + USES[use]) * 2 + (protocol === "tcp" ? 0 : 1);
    const known = this.#recent.get(application)?.get(key)?.get(peer);
    if (known !== undefined) return known;
    const state =
      this.#older.get(application)?.get(key)?.get(peer) ?? fresh({ application, use, protocol, port }, peer);
    this.#keep(application, key, state);
    return state;
  }

  #keep(application: string, key: number, state: UsageState): void {
    if (this.#size >= this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#size = 0;
    }
    const ports = into(this.#recent, application, () => new Map() as Ports);
    into(ports, key, () => new Map() as Peers).set(state.usage.peer, state);
    this.#size++;
  }
}

function fresh(usage: Usage, peer: string | undefined): UsageState {
  if (peer !== undefined) usage.peer = peer;
  return { usage, open: 0, hour: 0, touched: 0, row: undefined, other: undefined };
}

function into<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
