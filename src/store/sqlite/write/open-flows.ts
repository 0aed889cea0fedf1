/**
 * The rows of flows that are still open, by their identity within this life. What a transaction changes holds once it
 * is kept.
 */
export class OpenFlows {
  readonly #rows = new Map<string, number>();
  /** What the transaction changed: the row, or none for a flow that ended. */
  readonly #changes = new Map<string, number | undefined>();

  row(flow: string): number | undefined {
    return this.#changes.has(flow) ? this.#changes.get(flow) : this.#rows.get(flow);
  }

  open(flow: string, row: number): void {
    if (this.row(flow) !== row) this.#changes.set(flow, row);
  }

  end(flow: string): void {
    if (this.row(flow) !== undefined) this.#changes.set(flow, undefined);
  }

  /** The transaction is durable. */
  keep(): void {
    for (const [flow, row] of this.#changes) {
      if (row === undefined) this.#rows.delete(flow);
      else this.#rows.set(flow, row);
    }
    this.#changes.clear();
  }

  /** The transaction came to nothing. */
  forget(): void {
    this.#changes.clear();
  }
}
