import type { Order } from "../../analyze/watch/order.ts";
import { type Row, View } from "../../analyze/watch/view.ts";
import type { Change } from "../../model/change.ts";
import type { Micros } from "../../model/time.ts";
import { readFilter } from "../filter.ts";
import type { Watch } from "./watch.ts";

export { type Order, SORTS, type Sort } from "../../analyze/watch/order.ts";
export type { Row } from "../../analyze/watch/view.ts";

/** The live table of a watch. */
export type Table = {
  add(changes: readonly Change[]): void;
  /** Goes on to the next refresh, at `now`. */
  refresh(now: Micros): void;
  /** Shows of what is watched only what these words mean; with none, all. @throws Problem `bad-filter`. */
  filter(words: readonly string[]): void;
  sort(order: Order): void;
  /** Stays as it is, whatever happens, until it is called again. */
  pause(): void;
  readonly words: readonly string[];
  readonly order: Order;
  readonly paused: boolean;
  /** How many rows there are. */
  readonly length: number;
  /** The rows from place `from` on, at most `count`. */
  rows(from: number, count: number): Row[];
};

/** A table of what `watch` follows. */
export function createTable(watch: Pick<Watch, "open">): Table {
  const view = new View();
  let words: readonly string[] = [];
  let order: Order = { by: "port", reversed: false };
  let paused = false;
  return {
    add(changes) {
      if (!paused) view.add(changes);
    },
    refresh(now) {
      if (!paused) view.refresh(now);
    },
    filter(next) {
      view.filter(readFilter(next, "watch").test);
      words = next;
    },
    sort(next) {
      order = next;
      view.sort(order);
    },
    pause() {
      paused = !paused;
      if (!paused) view.reset(watch.open());
    },
    get words() {
      return words;
    },
    get order() {
      return order;
    },
    get paused() {
      return paused;
    },
    get length() {
      return view.length;
    },
    rows: (from, count) => view.rows(from, count),
  };
}
