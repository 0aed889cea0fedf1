/**
 * A list that stays sorted while items come and go: what came since the last look is sorted by itself and merged, what
 * went is left out on the way, so that a look costs one pass over 50,000 items and not a sort of them.
 */
export class Sorted<Item extends object> {
  #items: readonly Item[] = [];
  #came: Item[] = [];
  readonly #gone = new Set<Item>();
  #compare: (a: Item, b: Item) => number;

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  /** Begins anew, with these. */
  reset(items: Iterable<Item>, compare: (a: Item, b: Item) => number): void {
    this.#compare = compare;
    this.#items = [];
    this.#came = [...items];
    this.#gone.clear();
  }

  add(item: Item): void {
    this.#came.push(item);
  }

  delete(item: Item): void {
    this.#gone.add(item);
  }

  /** All items, in order. The list is not changed later. */
  get items(): readonly Item[] {
    if (this.#came.length > 0 || this.#gone.size > 0) this.#settle();
    return this.#items;
  }

  #settle(): void {
    const came = this.#came.filter((item) => !this.#gone.has(item)).sort(this.#compare);
    const merged: Item[] = [];
    let next = 0;
    for (const item of this.#items) {
      if (this.#gone.has(item)) continue;
      for (let one = came[next]; one !== undefined && this.#compare(one, item) < 0; one = came[++next])
        merged.push(one);
      merged.push(item);
    }
    for (; next < came.length; next++) merged.push(came[next] as Item);
    this.#items = merged;
    this.#came = [];
    this.#gone.clear();
  }
}
